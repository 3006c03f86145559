using System.Globalization;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Records;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CmlNet.Cli.Commands.Run.Progress;

/// <summary>Terminal markup for the live view.</summary>
internal static class LiveText
{
    public static string Mark(string conclusion) => conclusion switch
    {
        Conclusions.Success => "[green]✓[/]",
        Conclusions.Failure => "[red]✗[/]",
        Conclusions.Cancelled => "[yellow]■[/]",
        _ => "[dim]○[/]",
    };

    public static string Running(LiveJob job, string spinner, TimeProvider time)
    {
        long elapsed = (long)time.GetElapsedTime(job.Started).TotalMilliseconds;
        return $"[blue]{spinner}[/] {Markup.Escape(job.Name)} [dim]›[/] {Markup.Escape(job.Step ?? job.Status)} [dim]{StepText.Duration(elapsed)}[/]";
    }

    public static string Pulling(ImagePulling e) => e.TotalBytes == 0
        ? $"pulling {e.Image}: {e.Status}"
        : string.Create(CultureInfo.InvariantCulture, $"pulling {e.Image}: {e.CurrentBytes / 1e6:0.0} of {e.TotalBytes / 1e6:0.0} MB");

    public static IRenderable LastLines(IReadOnlyCollection<string> lines) =>
        new Padder(new Text(string.Join('\n', lines), new Style(Color.Grey)), new Padding(4, 0, 0, 0));
}
