using System.CommandLine;
using CmlNet.Cli.Commands.Dvc;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;

namespace CmlNet.Cli.Commands.Plots;

/// <summary><c>dvc plots modify</c>: writes how a plot is drawn into <c>dvc.yaml</c>.</summary>
internal static class PlotsModifyCommand
{
    private static readonly string[] Properties = ["template", "x", "y", "title", "x_label", "y_label", "header"];

    public static Command Build(CliHost host)
    {
        var target = new Argument<string>("FILE") { Description = "A plot of a stage." };
        var template = new Option<string?>("--template", "-t") { Description = "One of DVC's templates, or one of .dvc/plots.", HelpName = "NAME" };
        var x = new Option<string?>("-x") { Description = "Field of the x axis.", HelpName = "FIELD" };
        var y = new Option<string?>("-y") { Description = "Field of the y axis.", HelpName = "FIELD" };
        var noHeader = new Option<bool>("--no-header") { Description = "The first line of the CSV or TSV file is data." };
        var title = new Option<string?>("--title") { Description = "Title of the plot.", HelpName = "T" };
        var xLabel = new Option<string?>("--x-label") { Description = "Name of the x axis.", HelpName = "T" };
        var yLabel = new Option<string?>("--y-label") { Description = "Name of the y axis.", HelpName = "T" };
        var unset = new Option<string[]>("--unset") { Description = $"Take properties out: {string.Join(", ", Properties)}.", HelpName = "PROPERTY", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var command = new Command("modify", "Change how a plot of dvc.yaml is drawn.") { target, template, x, y, noHeader, title, xLabel, yLabel, unset };
        command.SetProjectAction(host, (parsed, project, _) =>
        {
            string[] removed = parsed.GetValue(unset) ?? [];
            if (Array.Find(removed, name => !Properties.Contains(name, StringComparer.Ordinal)) is { } unknown)
                throw new DvcException($"--unset '{unknown}': expected any of {string.Join(", ", Properties)}", DvcException.Usage);
            var changes = new List<KeyValuePair<string, DvcValue>>();
            foreach ((string key, Option<string?> option) in new[] { ("template", template), ("x", x), ("y", y), ("title", title), ("x_label", xLabel), ("y_label", yLabel) })
            {
                if (parsed.GetValue(option) is { } value)
                    changes.Add(KeyValuePair.Create(key, DvcValue.Of(value)));
            }

            if (parsed.GetValue(noHeader))
                changes.Add(KeyValuePair.Create("header", DvcValue.Of(false)));
            if (changes.Count + removed.Length == 0)
                throw new DvcException("nothing to modify: give a property to set, or --unset", DvcException.Usage);
            PlotProperties.Change(project, project.RelativeTo(host.WorkingDirectory, parsed.GetRequiredValue(target)), changes, removed);
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
