using System.CommandLine;

namespace CmlNet.Cli.Commands.Plots;

/// <summary>The options of the plot verbs, DVC's spellings among them.</summary>
internal sealed class PlotsOptions
{
    public Option<string[]> Targets { get; } = new("--targets", "--target") { Description = "Plots of dvc.yaml by name, or any files.", HelpName = "FILE", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };

    public Option<string?> Template { get; } = new("--template", "-t") { Description = "One of DVC's templates, one of .dvc/plots, or a kind of cml plot.", HelpName = "NAME" };

    public Option<string?> X { get; } = new("--x", "-x") { Description = "Field of the x axis.", HelpName = "FIELD" };

    public Option<string[]> Y { get; } = new("--y", "-y") { Description = "Field of the y axis.", HelpName = "FIELD", DefaultValueFactory = _ => [] };

    public Option<string?> Title { get; } = new("--title") { Description = "Title of every plot.", HelpName = "T" };

    public Option<string?> XLabel { get; } = new("--x-label") { Description = "Name of the x axis.", HelpName = "T" };

    public Option<string?> YLabel { get; } = new("--y-label") { Description = "Name of the y axis.", HelpName = "T" };

    public Option<string?> Output { get; } = new("--out", "-o") { Description = "Folder for the pictures (default: dvc_plots).", HelpName = "DIR" };

    public Option<bool> Png { get; } = new("--png") { Description = "PNG at twice the size instead of SVG." };

    public Option<bool> Markdown { get; } = new("--md", "--show-md") { Description = "Print Markdown images with what they show in words." };

    public Option<bool> Json { get; } = new("--json", "--show-json") { Description = "Print JSON in DVC's shape; write no picture." };

    public Option<bool> Split { get; } = new("--split") { Description = "With --json: template and data apart." };

    public Option<bool> ShowVega { get; } = new("--show-vega") { Description = "Print one plot as a Vega-Lite specification." };

    public IEnumerable<Option> All => [Targets, Template, X, Y, Title, XLabel, YLabel, Output, Png, Markdown, Json, Split, ShowVega];
}
