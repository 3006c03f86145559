using System.Globalization;
using CmlNet.Containers;

namespace CmlNet.Cli.Commands.Run;

/// <summary>The value of <c>--gpus</c>.</summary>
internal static class GpuArgument
{
    public static GpuRequest? Parse(string? text) => text switch
    {
        null => null,
        "none" or "0" => GpuRequest.None,
        "all" => GpuRequest.All,
        _ when text.StartsWith("device=", StringComparison.Ordinal) => new GpuRequest { DeviceIds = text["device=".Length..].Split(',', StringSplitOptions.RemoveEmptyEntries) },
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) => new GpuRequest { Count = count },
        _ => throw new CliException(ExitCodes.Usage, $"cml run: --gpus {text}: expected all, a number, device=ID[,ID…] or none."),
    };
}
