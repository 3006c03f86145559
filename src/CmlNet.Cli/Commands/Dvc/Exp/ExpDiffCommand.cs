using System.CommandLine;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Tables;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary><c>dvc exp diff</c>: metrics and parameters of two experiments or revisions.</summary>
internal static class ExpDiffCommand
{
    private const string Unsupported = "diff not supported";

    public static Command Build(CliHost host)
    {
        var old = new Argument<string?>("A_REV") { Description = "Before (default: HEAD).", Arity = ArgumentArity.ZeroOrOne };
        var now = new Argument<string?>("B_REV") { Description = "After (default: the work tree).", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "What did not change, too." };
        var json = new Option<bool>("--json", "--show-json") { Description = "JSON." };
        var markdown = new Option<bool>("--md", "--show-md") { Description = "Markdown." };
        var precision = new Option<int>("--precision") { Description = "Digits of metrics (default: 5).", HelpName = "N", DefaultValueFactory = _ => 5 };
        var noPath = new Option<bool>("--no-path") { Description = "Without the file's column." };
        var onlyDependencies = new Option<bool>("--param-deps") { Description = "Only parameters that a stage depends on." };
        var command = new Command("diff", "Compare experiments.") { old, now, all, json, markdown, precision, noPath, onlyDependencies };
        command.SetProjectAction(host, (parsed, project, cancellationToken) =>
        {
            GitRepository repository = project.Repository ?? throw new DvcException("experiments need a git repository");
            using GitObjects objects = GitObjects.Open(repository) ?? throw new DvcException("git cannot be started; install it");
            string a = parsed.GetValue(old) ?? "HEAD", b = parsed.GetValue(now) ?? "workspace";
            ExperimentRow Row(string name) => ExperimentRow.Read(name, name == "workspace" ? "" : repository.Commit(name) ?? new ExperimentReferences(project).Find(name).Commit, "", project, objects, parsed.GetValue(onlyDependencies), cancellationToken);
            (ExperimentRow before, ExperimentRow after) = (Row(a), Row(b));
            IReadOnlyList<ValueDiff> metrics = ValueDiff.Compare(before.Metrics, after.Metrics, isParams: false, parsed.GetValue(all)), parameters = ValueDiff.Compare(before.Params, after.Params, isParams: true, parsed.GetValue(all));
            if (parsed.GetValue(json))
            {
                host.WriteJson(DvcValue.Of([KeyValuePair.Create("metrics", Json(metrics)), KeyValuePair.Create("params", Json(parameters))]));
                return Task.FromResult(ExitCodes.Success);
            }

            bool withPath = !parsed.GetValue(noPath);
            List<TextTable> tables = [.. new[] { Table("Metric", metrics, (a, b), withPath, value => Rounded(value, parsed.GetValue(precision))), Table("Param", parameters, (a, b), withPath, PythonText.Text) }.Where(table => table.Rows.Count > 0)];
            host.Out.Write(string.Join("\n", tables.Select(table => parsed.GetValue(markdown) ? table.Markdown() : table.Plain())));
            return Task.FromResult(ExitCodes.Success);
        }, isLocked: false);
        return command;
    }

    private static TextTable Table(string kind, IReadOnlyList<ValueDiff> diffs, (string Old, string New) names, bool withPath, Func<DvcValue, string> text) => new(
        [.. withPath ? ["Path"] : Array.Empty<string>(), kind, names.Old, names.New, "Change"],
        [.. diffs.Select(diff => (IReadOnlyList<string>)[.. withPath ? [diff.File] : Array.Empty<string>(), diff.Key, diff.Old is null ? "-" : text(diff.Old), diff.New is null ? "-" : text(diff.New), diff.Old is null || diff.New is null ? "-" : diff.Difference is { } change ? text(change) : Unsupported])]);

    private static string Rounded(DvcValue value, int precision)
    {
        if (value.Kind != DvcValueKind.Number || !double.IsFinite(value.Number))
            return PythonText.Text(value);
        string number = PythonText.Float(double.Parse(value.Number.ToString($"E{Math.Clamp(precision, 1, 17) - 1}", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture));
        return number.EndsWith(".0", StringComparison.Ordinal) ? number[..^2] : number;
    }

    private static DvcValue Json(IReadOnlyList<ValueDiff> diffs) => DvcValue.Of([.. diffs.GroupBy(diff => diff.File, StringComparer.Ordinal).Select(file => KeyValuePair.Create(file.Key, DvcValue.Of([.. file.Select(diff => KeyValuePair.Create(diff.Key, Entry(diff)))])))]);

    private static DvcValue Entry(ValueDiff diff)
    {
        var entry = new List<KeyValuePair<string, DvcValue>> { KeyValuePair.Create("old", diff.Old ?? DvcValue.Null), KeyValuePair.Create("new", diff.New ?? DvcValue.Null) };
        if (diff.Difference is { } change)
            entry.Add(KeyValuePair.Create("diff", change));
        return DvcValue.Of(entry);
    }
}
