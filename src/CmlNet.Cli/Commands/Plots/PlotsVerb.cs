using System.CommandLine;
using CmlNet.Cli.Commands.Metrics;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Revisions;
using CmlNet.Reports;
using CmlNet.Reports.Plots.Definitions;
using CmlNet.Reports.Plots.Vega;
using CmlNet.Reports.Tables;

namespace CmlNet.Cli.Commands.Plots;

/// <summary><c>cml plots show</c> and <c>cml plots diff</c>: pictures, Markdown, DVC's JSON, or a Vega-Lite specification.</summary>
internal static class PlotsVerb
{
    public static Command Build(CliHost host, bool isDiff)
    {
        var options = new PlotsOptions();
        var names = new Argument<string[]>(isDiff ? "REV" : "FILE") { Description = isDiff ? "Revisions; one is compared with the work tree, none means HEAD with the work tree." : "Files or plots (default: those of dvc.yaml).", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command(isDiff ? "diff" : "show", isDiff ? "Draw plots of several revisions in one picture." : "Draw plots of the work tree.") { names };
        foreach (Option option in options.All)
            command.Add(option);
        if (isDiff)
            command.Add(options.Experiment);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string verb = $"cml plots {command.Name}";
            string[] named = parsed.GetValue(names) ?? [];
            string[] targets = [.. isDiff ? [] : named, .. parsed.GetValue(options.Targets) ?? []];
            using var source = new TableSource(host, verb, needsGit: isDiff);
            string[] revisions = isDiff ? Revisions(named, source, parsed.GetValue(options.Experiment)) : ["workspace"];
            try
            {
                IRevision workspace = source.Open(null);
                IReadOnlyList<DataRevision> read = [.. revisions.Select(one => source.Open(one))];
                IReadOnlyList<IRevision> shown = parsed.GetValue(options.NoHeader) ? [.. read.Select(one => new HeaderlessRevision(one))] : read;
                IReadOnlyList<RevisionPlot> plots = Read(shown, [.. targets.Select(source.Relative)], parsed, options);
                if (await source.FetchAsync(read, cancellationToken))
                    plots = Read(shown, [.. targets.Select(source.Relative)], parsed, options);
                return Run(host, verb, plots, workspace, new PlotsOutput(host, verb, parsed, options, source.Project), cancellationToken);
            }
            catch (ReportInputException e)
            {
                throw new CliException(ExitCodes.Failure, $"{verb}: {new ReportMessage(e.Message).Text}", e);
            }
        });
        return command;
    }

    // As DVC has it: -e is about one experiment, and of what is none the work tree is the other side.
    private static string[] Revisions(string[] named, TableSource source, bool isOfExperiment) => named.Length switch
    {
        0 => ["HEAD", "workspace"],
        1 => [named[0], isOfExperiment && Baseline(named[0], source) is { } baseline ? baseline[..7] : "workspace"],
        _ => named,
    };

    private static string? Baseline(string name, TableSource source) => source.Project is { Repository: { } repository } project && repository.Commit(name) is { } commit
        ? new ExperimentReferences(project).All().FirstOrDefault(experiment => experiment.Commit == commit)?.Baseline
        : null;

    // A target is a plot of dvc.yaml by its name, or any file. Properties are those of the first revision that has them.
    private static IReadOnlyList<RevisionPlot> Read(IReadOnlyList<IRevision> revisions, IReadOnlyList<string> targets, ParseResult parsed, PlotsOptions options)
    {
        IReadOnlyList<PlotDefinition> declared = [.. revisions.Reverse().SelectMany(PlotDefinitions.Of).DistinctBy(definition => definition.Id, StringComparer.Ordinal)];
        IEnumerable<PlotDefinition> wanted = targets.Count == 0
            ? declared
            : targets.SelectMany(target => declared.Where(definition => definition.Id == target || definition.Id.StartsWith(target + "/", StringComparison.Ordinal)).DefaultIfEmpty(new PlotDefinition { Id = target, Files = [new PlotFile(target, [])] }));
        string[] y = parsed.GetValue(options.Y) ?? [];
        return [.. wanted.Select(definition => RevisionPlot.Read(definition with
        {
            Template = parsed.GetValue(options.Template) ?? definition.Template,
            X = parsed.GetValue(options.X) ?? definition.X,
            Files = y.Length == 0 ? definition.Files : [.. definition.Files.Select(file => file with { Fields = y })],
            Title = parsed.GetValue(options.Title) ?? definition.Title,
            XLabel = parsed.GetValue(options.XLabel) ?? definition.XLabel,
            YLabel = parsed.GetValue(options.YLabel) ?? definition.YLabel,
        }, revisions))];
    }

    private static int Run(CliHost host, string verb, IReadOnlyList<RevisionPlot> plots, IRevision workspace, PlotsOutput output, CancellationToken cancellationToken)
    {
        foreach (string error in plots.SelectMany(plot => plot.Errors))
            host.Error.WriteLine($"{verb}: {new ReportMessage(error).Text}");
        foreach (RevisionPlot plot in plots.Where(plot => plot.Files.Count + plot.Errors.Count == 0))
            host.Error.WriteLine($"{verb}: {plot.Definition.Id}: in none of the revisions");
        IReadOnlyList<RevisionPlot> there = [.. plots.Where(plot => plot.Files.Count > 0)];
        if (output.IsVega)
        {
            if (plots.Count != 1 || (there.Count == 1 && there[0].IsImage))
                throw new CliException(ExitCodes.Usage, $"{verb}: --show-vega prints one plot; name it with --targets (there are {plots.Count})");
            if (there.Count == 1)
                host.Out.Write(PythonJson.Write(VegaSpec.Of(there[0], workspace).Filled) + "\n");
            return there.Count == 1 ? ExitCodes.Success : ExitCodes.Failure;
        }

        if (output.IsJson)
        {
            host.Out.Write(PlotsJson.Write(there, workspace, output.IsSplit) + "\n");
            return ExitCodes.Success;
        }

        return output.Write(there, cancellationToken) && there.Count == plots.Count && plots.All(plot => plot.Errors.Count == 0) ? ExitCodes.Success : ExitCodes.Failure;
    }
}
