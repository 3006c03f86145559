using System.CommandLine;
using CmlNet.Reports;
using CmlNet.Reports.Baselines;
using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Configuration;
using CmlNet.Reports.Gates;
using CmlNet.Reports.Html.ReportPage;
using CmlNet.Reports.Json;
using CmlNet.Reports.JUnit;
using CmlNet.Reports.Markdown;

namespace CmlNet.Cli.Commands.Report;

/// <summary><c>cml report</c>: a Markdown report with charts from the files a run left.</summary>
internal static class ReportCommand
{
    public static Command Build(CliHost host)
    {
        var directory = new Argument<string>("DIR") { Description = "Folder with the results; searched when no file is named.", DefaultValueFactory = _ => "." };
        Option<string[]> metrics = Files("--metrics", "Metrics: JSON, YAML, TOML or CSV; nested keys are joined by dots.");
        var predictions = new Option<string?>("--predictions") { Description = "CSV with a column of true and one of predicted labels, or of numbers (a regression).", HelpName = "FILE" };
        var actual = new Option<string?>("--actual") { Description = "Column with the true label (default: y_true, actual, label, …).", HelpName = "COL" };
        var predicted = new Option<string?>("--predicted") { Description = "Column with the predicted label (default: y_pred, predicted, …).", HelpName = "COL" };
        var prediction = new PredictionFlags();
        Option<string[]> history = Files("--history", "Training history: CSV with a step or epoch column, JSON, JSON Lines.");
        Option<string[]> image = Files("--image", "A picture to show.");
        var output = new Option<string?>("--out", "-o") { Description = "Write here instead of to standard output.", HelpName = "FILE" };
        var assets = new Option<string?>("--assets-dir") { Description = "Folder for the charts (default: FILE's name with _files, beside it).", HelpName = "DIR" };
        var title = new Option<string?>("--title") { Description = "First heading (default: Report).", HelpName = "T" };
        var config = new Option<string?>("--config") { Description = "Configuration (default: cml.yaml in DIR or here, when it has a report: part).", HelpName = "FILE" };
        var baseline = new Option<string[]>("--baseline") { Description = "What to compare with: auto (the merge base with the pull request's target, else the default branch), none, a revision or a folder. Given again: one more column of the metrics and parameters.", HelpName = "REV|DIR|auto|none", DefaultValueFactory = _ => [] };
        var format = new Option<string>("--format") { Description = "md; html (one file, charts inside); json for programs (see cml schema --report); junit for the gates as test results. The last two have no charts.", DefaultValueFactory = _ => "md" };
        format.AcceptOnlyFromAmong("md", "html", "json", "junit");
        var failOn = new Option<string>("--fail-on") { Description = "End with 1 when a gate of this level fails.", DefaultValueFactory = _ => "error" };
        failOn.AcceptOnlyFromAmong("error", "warn", "never");
        var command = new Command("report", "Write a Markdown report with charts from metrics, predictions, histories and images.")
        {
            directory, metrics, predictions, actual, predicted, history, image, output, assets, title, config, baseline, format, failOn,
        };
        prediction.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            ReportPaths paths = ReportPaths.From(host.WorkingDirectory, parsed.GetValue(output), parsed.GetValue(assets));
            string folder = Folder(host, parsed.GetValue(directory) ?? ".");
            ReportConfiguration? configuration = ReportInputs.Configuration(host, "cml report", parsed.GetValue(config), folder);
            var request = new ReportRequest
            {
                Directory = folder,
                WorkingDirectory = host.WorkingDirectory,
                Configuration = configuration,
                Baseline = ReportInputs.Baseline(host, (parsed.GetValue(baseline) ?? []).FirstOrDefault(), configuration),
                OtherBaselines = [.. (parsed.GetValue(baseline) ?? []).Skip(1).Select(other => ReportInputs.Baseline(host, other, configuration))],
                Title = parsed.GetValue(title) ?? configuration?.Title ?? "Report",
                Metrics = parsed.GetValue(metrics) ?? [],
                Predictions = parsed.GetValue(predictions),
                ActualColumn = parsed.GetValue(actual),
                PredictedColumn = parsed.GetValue(predicted),
                PredictionOptions = prediction.Read(parsed),
                Histories = parsed.GetValue(history) ?? [],
                Images = parsed.GetValue(image) ?? [],
                ExcludedDirectories = [paths.Assets],
                Environment = host.Environment,
                ReadsProject = true,
            };
            return RunAsync(host, request, paths, (parsed.GetValue(format) ?? "md", parsed.GetValue(failOn) ?? "error"), cancellationToken);
        });
        return command;
    }

    // What looks like an option and is none ends up as the folder.
    private static string Folder(CliHost host, string directory)
    {
        string path = Path.GetFullPath(directory, host.WorkingDirectory);
        return !directory.StartsWith('-') || Directory.Exists(path)
            ? path
            : throw new CliException(ExitCodes.Usage, $"cml report: unknown option {directory}; see cml report --help");
    }

    private static Option<string[]> Files(string name, string description) => new(name) { Description = description, HelpName = "FILE", DefaultValueFactory = _ => [] };

    private static async Task<int> RunAsync(CliHost host, ReportRequest request, ReportPaths paths, (string Format, string FailOn) ending, CancellationToken cancellationToken)
    {
        if (request is { Predictions: null, IsDiscovery: false } && (request.ActualColumn ?? request.PredictedColumn) is not null)
            throw new CliException(ExitCodes.Usage, "cml report: --actual and --predicted name columns of a predictions file; add --predictions FILE");
        bool draws = ending.Format == "md" && (request.IsDiscovery || request.Predictions is not null || request.Histories.Count > 0);
        Task ready = draws ? SvgRasterizer.WarmUpAsync() : Task.CompletedTask;
        try
        {
            await BaselineFetch.RunAsync(host, "cml report", request, cancellationToken);
            BuiltReport built = new ReportBuilder().Build(request, cancellationToken);
            foreach (ReportMessage message in built.Messages)
                host.Error.WriteLine($"cml report: {message.Text}");
            Annotate(host, built);
            MarkdownReport report = ending.Format switch
            {
                "json" => new MarkdownReport { Text = ReportJsonWriter.Write(built), Assets = [], Messages = [] },
                "html" => new MarkdownReport { Text = new HtmlReportWriter().Render(built.Model, cancellationToken), Assets = [], Messages = [] },
                "junit" => new MarkdownReport { Text = JUnitWriter.Write(built), Assets = [], Messages = [] },
                _ => new MarkdownWriter().Render(built.Model, new MarkdownTarget { OutputDirectory = paths.OutputDirectory, AssetsDirectory = paths.Assets }, cancellationToken),
            };
            foreach (string message in report.Messages)
                host.Error.WriteLine($"cml report: {message}");
            Write(host, report, paths);
            Record(host, request, built);
            return built.Messages.Any(message => message.IsFailure) || Fails(built.Facts.Verdict, ending.FailOn) ? ExitCodes.Failure : ExitCodes.Success;
        }
        catch (ReportInputException e)
        {
            throw new CliException(ExitCodes.Usage, $"cml report: {e.Message}", e);
        }
        finally
        {
            await ready;
        }
    }

    // What to compare with next time; a report that could not be remembered is a report all the same.
    private static void Record(CliHost host, ReportRequest request, BuiltReport built)
    {
        try
        {
            if (request.Baseline is { Asked: "auto" } && !built.Messages.Any(message => message.IsFailure))
                RecordedRuns.Save(request.Directory, built.Inputs, host.Time.GetUtcNow());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            host.Error.WriteLine($"cml report: this run is not remembered for the next comparison: {e.Message}");
        }
    }

    // The runner makes annotations of such lines, whichever stream they come by.
    private static void Annotate(CliHost host, BuiltReport built)
    {
        if (host.Environment.GetValueOrDefault("GITHUB_ACTIONS") != "true")
            return;
        foreach (string annotation in GateConclusion.Annotations(built.Facts.Gates))
            host.Error.WriteLine(annotation);
    }

    private static bool Fails(ReportVerdict verdict, string failOn) => failOn switch
    {
        "never" => false,
        "warn" => verdict != ReportVerdict.Passed,
        _ => verdict == ReportVerdict.Failed,
    };

    private static void Write(CliHost host, MarkdownReport report, ReportPaths paths)
    {
        string writing = paths.Assets;
        try
        {
            if (report.Assets.Count > 0)
                Directory.CreateDirectory(paths.Assets);
            foreach (ReportAsset asset in report.Assets)
            {
                writing = asset.FullPath;
                File.WriteAllBytes(asset.FullPath, asset.Content.Span);
            }

            if (paths.Output is { } output)
            {
                writing = output;
                Directory.CreateDirectory(paths.OutputDirectory);
                File.WriteAllText(output, report.Text);
            }
            else
            {
                host.Out.Write(report.Text);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failure, $"cml report: cannot write {writing}: {e.Message}", e);
        }
    }
}
