using CmlNet.Reports.Baselines;
using CmlNet.Reports.Configuration;
using CmlNet.Reports.Gates;
using CmlNet.Reports.Markdown;

namespace CmlNet.Reports.Tests.Baselines;

public sealed class BaselineReportTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2024, 1, 4, 12, 0, 0, TimeSpan.Zero);
    private readonly GitFolder _git = new();

    public void Dispose() => _git.Dispose();

    [Fact]
    public void Build_BranchAgainstMain_EqualsGolden()
    {
        _git.Write("metrics.json", """{"accuracy": 0.9, "loss": 0.5, "f1": 0.8, "n": 100, "gone": 1, "same": 2}""");
        _git.Write("params.yaml", "lr: 0.1\nlayers: [1, 2]\nseed: 1\n");
        string basis = _git.Commit("base");
        _git.Git("checkout", "-q", "-b", "topic");
        _git.Commit("work");
        _git.Git("checkout", "-q", "main");
        _git.Write("metrics.json", """{"accuracy": 0.99}""");
        _git.Commit("others went on");
        _git.Git("checkout", "-q", "topic");
        _git.Write("metrics.json", """{"accuracy": 0.93, "loss": 0.55, "f1": 0.7, "n": 120, "added": NaN, "same": 2}""");
        _git.Write("params.yaml", "lr: 0.01\nlayers: [1, 2, 3]\nseed: 1\n");
        _git.Write("cml.yaml", """
            report:
              title: Wine
              sections:
                - params: {files: params.yaml}
                - metrics: {files: ["metr*.json"], higher-is-better: [n]}
              gates:
                - {metric: accuracy, min: 0.9}
                - {metric: f1, max-drop: 5%}
                - {metric: loss, max-rise: 0.01, level: warn}
                - {metric: accurcy, max: 1, level: warn}
                - {metric: added, required: true, level: warn}
                - {size: metrics.json, max: 1kB}
            """);
        BuiltReport built = Build(new BaselineRequest { Asked = "auto", IsExplicit = false, TargetBranch = "main", Now = Now });
        Assert.Empty(built.Messages);
        Assert.Equal((basis, 1), (built.Facts.Baseline!.Sha, built.Facts.Baseline.Distance));
        Assert.Equal(ReportVerdict.Failed, built.Facts.Verdict);
        GoldenFile.Check("tests/CmlNet.Reports.Tests/Golden/baseline.md", Markdown(built).Replace(basis[..7], "SHA", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_BaselineFolder_IsComparedByTheSamePath()
    {
        using var folder = new TemporaryFolder();
        folder.Write("run/eval/metrics.json", "{\"accuracy\": 0.75}");
        folder.Write("before/eval/metrics.json", "{\"accuracy\": 0.5}");
        BuiltReport built = new ReportBuilder().Build(new ReportRequest { Directory = Path.Combine(folder.Path, "run"), WorkingDirectory = folder.Path, Baseline = Asked("before") }, CancellationToken.None);
        Assert.Equal((0.25, 0.5, true), (built.Facts.Metrics[0].Difference, built.Facts.Metrics[0].Relative, built.Facts.Metrics[0].IsBetter));
        Assert.StartsWith("**1 better** · accuracy 0.5 → 0.75 (+50.0 % better)\n\n# Report\n\nCompared with before.\n", Markdown(built), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", "no baseline: 'nowhere' is neither a revision of this repository nor a folder")]
    [InlineData("--output=x", "no baseline: '--output=x' is neither a revision of this repository nor a folder")]
    public void Build_UnknownBaseline_IsSaidAndAChangeIsNotJudged(string asked, string expected)
    {
        _git.Write("metrics.json", "{\"accuracy\": 0.5}");
        _git.Commit("one");
        BuiltReport built = Build(Asked(asked), [new Gate { Name = "accuracy", MaxDrop = new ChangeLimit(0.1, false) }]);
        Assert.Equal(expected, built.Facts.Baseline!.Missing);
        Assert.Null(built.Facts.Gates[0].Passed);
        Assert.Equal(expected, built.Facts.Gates[0].Reason);
        Assert.StartsWith($"**⚠️ Passed with warnings** · 0 of 1 gates passed, 1 not judged · {expected}", Markdown(built).Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_TargetNotFetched_SaysWhatToDo()
    {
        _git.Write("metrics.json", "{\"accuracy\": 0.5}");
        _git.Commit("one");
        BuiltReport built = Build(Asked("auto") with { TargetBranch = "release", IsExplicit = false });
        Assert.Equal("no baseline: the target branch release is not in this clone; fetch it (fetch-depth: 0)", built.Facts.Baseline!.Missing);
    }

    [Fact]
    public void Build_CommitOutsideAShallowClone_SaysWhatToDo()
    {
        _git.Write("metrics.json", "{\"accuracy\": 0.5}");
        _git.Commit("one");
        _git.Write("metrics.json", "{\"accuracy\": 0.6}");
        _git.Commit("two");
        using var folder = new TemporaryFolder();
        string clone = Path.Combine(folder.Path, "clone");
        _git.Git("clone", "-q", "--depth", "1", new Uri(_git.Path).AbsoluteUri, clone);
        BuiltReport built = new ReportBuilder().Build(new ReportRequest { Directory = clone, WorkingDirectory = clone, Baseline = Asked("HEAD~1") }, CancellationToken.None);
        Assert.Equal("no baseline: 'HEAD~1' is neither a revision of this repository nor a folder; this clone has not the whole history; fetch it (fetch-depth: 0)", built.Facts.Baseline!.Missing);
    }

    [Fact]
    public void Build_FileNotInTheBaseline_IsSaidWhenAskedAndSilentOtherwise()
    {
        _git.Commit("empty");
        _git.Write("metrics.json", "{\"accuracy\": 0.5}");
        BuiltReport built = Build(Asked("HEAD"));
        Assert.EndsWith("has none of the files", built.Facts.Baseline!.Missing, StringComparison.Ordinal);
        Assert.DoesNotContain(built.Messages, message => message.Text.Contains("in the baseline", StringComparison.Ordinal));
        Assert.Null(Build(Asked("auto") with { IsExplicit = false }).Facts.Baseline);
    }

    [Fact]
    public void Build_BrokenBaselineFile_IsANoteOnly()
    {
        _git.Write("metrics.json", "{");
        _git.Commit("broken");
        _git.Write("metrics.json", "{\"accuracy\": 0.5}");
        BuiltReport built = Build(Asked("HEAD"));
        Assert.False(Assert.Single(built.Messages, message => message.Text.Contains("(in the baseline)", StringComparison.Ordinal)).IsFailure);
        Assert.Equal(0.5, built.Facts.Metrics[0].New!.AsDouble);
    }

    private static BaselineRequest Asked(string what) => new() { Asked = what, IsExplicit = true, Now = Now };

    private BuiltReport Build(BaselineRequest baseline, IReadOnlyList<Gate>? gates = null)
    {
        string config = Path.Combine(_git.Path, "cml.yaml");
        ReportConfiguration? configuration = File.Exists(config) ? ReportConfiguration.Read(config, "cml.yaml") : null;
        return new ReportBuilder().Build(new ReportRequest { Directory = _git.Path, WorkingDirectory = _git.Path, Title = configuration?.Title ?? "Report", Configuration = configuration, Baseline = baseline, Gates = gates ?? [] }, CancellationToken.None);
    }

    private string Markdown(BuiltReport built) =>
        new MarkdownWriter().Render(built.Model, new MarkdownTarget { OutputDirectory = _git.Path, AssetsDirectory = Path.Combine(_git.Path, "files") }, CancellationToken.None).Text;
}
