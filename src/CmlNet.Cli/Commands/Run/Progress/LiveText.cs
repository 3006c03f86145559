using System.Globalization;
using CmlNet.Workflows.Execution.Masking;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Records;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CmlNet.Cli.Commands.Run.Progress;

/// <summary>Terminal markup for the live view.</summary>
internal static class LiveText
{
    private const int LongestName = 60;

    public static string Mark(string conclusion) => conclusion switch
    {
        Conclusions.Success => "[green]✓[/]",
        Conclusions.Failure => "[red]✗[/]",
        Conclusions.Cancelled => "[yellow]■[/]",
        _ => "[dim]○[/]",
    };

    /// <summary>One line, cut to the width: a wrapped one could not be drawn over.</summary>
    public static string Running(LiveJob job, TimeProvider time, int width)
    {
        long elapsed = (long)time.GetElapsedTime(job.Started).TotalMilliseconds;
        string line = $"{job.Name} › {ControlText.Strip(Short(job.Step ?? job.Status))} {StepText.Duration(elapsed)}";
        return line.Length <= width ? line : line[..Math.Max(0, width)];
    }

    /// <summary>A script's whole first line is in the log.</summary>
    public static string Short(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";

    public static string Pulling(ImagePulling e) => e.TotalBytes == 0
        ? $"pulling {e.Image}: {e.Status}"
        : string.Create(CultureInfo.InvariantCulture, $"pulling {e.Image}: {e.CurrentBytes / 1e6:0.0} of {e.TotalBytes / 1e6:0.0} MB");

    public static IRenderable LastLines(IReadOnlyCollection<string> lines) =>
        new Padder(new Text(string.Join('\n', lines), new Style(Color.Grey)), new Padding(4, 0, 0, 0));
}
