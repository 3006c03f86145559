using System.ComponentModel;
using System.Diagnostics;
using CmlNet.Runner.Configuration;

namespace CmlNet.Runner.Fleet.Gpus;

/// <summary>Asks the driver which GPUs there are.</summary>
internal sealed class GpuProbe(GpuConfiguration configuration, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Nothing when the program is not there.</summary>
    /// <exception cref="GpuProbeException">It failed, hung, or answered something else.</exception>
    public async Task<IReadOnlyList<Gpu>> ReadAsync(CancellationToken cancellationToken)
    {
        if (await RunAsync(NvidiaSmi.QueryArguments, cancellationToken) is not { } query)
            return [];
        string list = query.Contains(", Enabled,", StringComparison.Ordinal) ? await RunAsync(NvidiaSmi.ListArguments, cancellationToken) ?? "" : "";
        try
        {
            return [.. NvidiaSmi.Parse(query, list).Select(gpu => IsExcluded(gpu) ? gpu with { Defect = "excluded by the configuration" } : gpu)];
        }
        catch (FormatException exception)
        {
            throw new GpuProbeException($"The output of '{configuration.Query}' is not understood: {exception.Message}.", exception);
        }
    }

    /// <summary>What is to be excluded, and is not there: a GPU that somebody keeps for himself may get jobs.</summary>
    public static IReadOnlyList<string> FindUnknown(GpuConfiguration configuration, IEnumerable<Gpu> gpus) =>
        [.. configuration.Excluded.Where(name => !gpus.Any(gpu => IsNamed(gpu, name)))];

    private bool IsExcluded(Gpu gpu) => configuration.Excluded.Any(name => IsNamed(gpu, name));

    private static bool IsNamed(Gpu gpu, string name) => gpu.Uuid.Equals(name, StringComparison.OrdinalIgnoreCase) || gpu.Index.ToString(System.Globalization.CultureInfo.InvariantCulture) == name;

    private async Task<string?> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(configuration.Query, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null; // no driver on this machine
        }

        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(either.Token);
            string output = await process.StandardOutput.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token);
            if (process.ExitCode == 0)
                return output;
            string said = (output + (await errors)).ReplaceLineEndings(" ").Trim();
            throw new GpuProbeException($"'{configuration.Query}' ended with {process.ExitCode}: {(said.Length > 300 ? said[..300] : said)}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new GpuProbeException($"'{configuration.Query}' did not answer within {Patience.TotalSeconds:0} s: the driver may hang.");
        }
    }
}
