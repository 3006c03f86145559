using System.CommandLine;
using CmlNet.Reports;
using CmlNet.Reports.Charts.Confusion;
using CmlNet.Reports.Plots;

namespace CmlNet.Cli.Commands.Plot;

/// <summary><c>cml plot</c>: one picture from one file.</summary>
internal static class PlotCommand
{
    public static Command Build(CliHost host)
    {
        var kind = new Argument<string>("KIND") { Description = $"What to draw: {string.Join(", ", PlotKinds.All)}." };
        kind.AcceptOnlyFromAmong([.. PlotKinds.All]);
        kind.HelpName = "KIND"; // not the eighteen of them in each usage line
        var file = new Argument<string>("FILE") { Description = "CSV, TSV, JSON, JSON Lines, YAML or TOML." };
        var x = new Option<string?>("--x", "-x") { Description = "Column of the x axis: the step of a line, the name of a bar, the group of a box, the true label or value; of a confusion matrix its columns.", HelpName = "COL" };
        var y = new Option<string[]>("--y", "-y") { Description = "Column of the y axis, several times for several series.", HelpName = "COL", DefaultValueFactory = _ => [] };
        var value = new Option<string?>("--value") { Description = "Column of a heat map's cells.", HelpName = "COL" };
        var positive = new Option<string?>("--positive") { Description = "Label that counts as positive in roc, pr and calibration (default: the last).", HelpName = "LABEL" };
        var normalize = new Option<string>("--normalize") { Description = "What the percentages of a confusion matrix are of: each row, each column, or all cases.", DefaultValueFactory = _ => ConfusionShareNames.All[0] };
        normalize.AcceptOnlyFromAmong([.. ConfusionShareNames.All]);
        var title = new Option<string?>("--title") { Description = "Title (default: the file's name).", HelpName = "T" };
        var xLabel = new Option<string?>("--x-label") { Description = "Name of the x axis.", HelpName = "T" };
        var yLabel = new Option<string?>("--y-label") { Description = "Name of the y axis.", HelpName = "T" };
        var logX = new Option<bool>("--log-x") { Description = "Logarithmic x axis." };
        var logY = new Option<bool>("--log-y") { Description = "Logarithmic y axis." };
        var output = new Option<string?>("--out", "-o") { Description = "Write here, as SVG or PNG by the suffix (default: SVG to standard output).", HelpName = "FILE" };
        var baseline = new Option<string?>("--baseline") { Description = "A file with the same columns to draw beside it.", HelpName = "FILE" };
        var command = new Command("plot", "Draw a picture from a file of rows.") { kind, file, x, y, value, positive, normalize, title, xLabel, yLabel, logX, logY, output, baseline };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new PlotOptions
            {
                Kind = parsed.GetRequiredValue(kind),
                X = parsed.GetValue(x),
                Y = parsed.GetValue(y) ?? [],
                Value = parsed.GetValue(value) ?? parsed.GetValue(positive),
                Share = ConfusionShareNames.Of(parsed.GetValue(normalize)),
                Title = parsed.GetValue(title),
                XLabel = parsed.GetValue(xLabel),
                YLabel = parsed.GetValue(yLabel),
                IsXLog = parsed.GetValue(logX),
                IsYLog = parsed.GetValue(logY),
            };
            string? target = PlotOutput.Check("cml plot", parsed.GetValue(output));
            (string, string)? other = parsed.GetValue(baseline) is { } named ? Locate(host, named) : null;
            Task ready = PlotOutput.WarmUpAsync(target);
            string svg = Draw(options, Locate(host, parsed.GetRequiredValue(file)), other, cancellationToken);
            await ready;
            PlotOutput.Write(host, "cml plot", svg, target);
            return ExitCodes.Success;
        });
        return command;
    }

    private static string Draw(PlotOptions options, (string, string) file, (string, string)? baseline, CancellationToken cancellationToken)
    {
        try
        {
            return PlotBuilder.Draw(options, file, baseline, cancellationToken);
        }
        catch (ReportInputException e)
        {
            throw new CliException(ExitCodes.Failure, $"cml plot: {new ReportMessage(e.Message).Text}", e);
        }
    }

    private static (string FullPath, string Name) Locate(CliHost host, string name)
    {
        string full = Path.GetFullPath(name, host.WorkingDirectory);
        return File.Exists(full) ? (full, name) : throw new CliException(ExitCodes.Usage, $"cml plot: file not found: {name}");
    }
}
