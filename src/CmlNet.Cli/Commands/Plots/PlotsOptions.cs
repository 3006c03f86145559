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

    public Option<bool> NoHeader { get; } = new("--no-header") { Description = "The first line of CSV and TSV files is data; columns are called 0, 1 and so on." };

    public Option<bool> Open { get; } = new("--open") { Description = "Write a page with all pictures, too, and show it in the browser." };

    public Option<string?> HtmlTemplate { get; } = new("--html-template") { Description = "Write a page, too: this one, with the pictures in place of {plot_divs}.", HelpName = "FILE" };

    public Option<bool> Experiment { get; } = new("--experiment", "-e") { Description = "Compare the experiment given with its baseline." };

    /// <summary>Of both verbs.</summary>
    public IEnumerable<Option> All => [Targets, Template, X, Y, Title, XLabel, YLabel, Output, Png, Markdown, Json, Split, ShowVega, NoHeader, Open, HtmlTemplate];
}
