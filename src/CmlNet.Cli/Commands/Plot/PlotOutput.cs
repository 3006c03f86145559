using CmlNet.Reports.Charts.Drawing;

namespace CmlNet.Cli.Commands.Plot;

/// <summary>Writes a picture as its file name says.</summary>
internal static class PlotOutput
{
    private const double PngScale = 2;

    /// <summary>The same path, known to be one that can be written; null stays null.</summary>
    /// <exception cref="CliException">The suffix is neither of the two, or PNG cannot be drawn on this machine.</exception>
    public static string? Check(string command, string? output)
    {
        if (output is null)
            return null;
        if (!IsPng(output) && !output.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
            throw new CliException(ExitCodes.Usage, $"{command}: --out {output}: end the name in .svg or .png");
        return IsPng(output) && !SvgRasterizer.IsAvailable ? throw new CliException(ExitCodes.Failure, $"{command}: {SvgRasterizer.InstallHint}; or write .svg") : output;
    }

    /// <summary>What drawing a PNG needs is loaded while the data is read.</summary>
    public static Task WarmUpAsync(string? output) => output is not null && IsPng(output) ? SvgRasterizer.WarmUpAsync() : Task.CompletedTask;

    public static void Write(CliHost host, string command, string svg, string? output)
    {
        if (output is null)
        {
            host.Out.Write(svg);
            return;
        }

        string full = Path.GetFullPath(output, host.WorkingDirectory);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full) ?? "/");
            if (!IsPng(output))
                File.WriteAllText(full, svg);
            else if (SvgRasterizer.TryRender(svg, PngScale) is { } png)
                File.WriteAllBytes(full, png);
            else
                throw new CliException(ExitCodes.Failure, $"{command}: {output}: the picture could not be turned into PNG; write .svg");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failure, $"{command}: cannot write {output}: {e.Message}", e);
        }
    }

    private static bool IsPng(string output) => output.EndsWith(".png", StringComparison.OrdinalIgnoreCase);
}
