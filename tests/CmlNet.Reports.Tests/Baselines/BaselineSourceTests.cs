using CmlNet.Reports.Baselines;
using CmlNet.Reports.Gates;
using CmlNet.Reports.Markdown;

namespace CmlNet.Reports.Tests.Baselines;

/// <summary>Where a baseline may come from besides git's objects and folders.</summary>
public sealed class BaselineSourceTests : IDisposable
{
    private const string Metrics = "{\"accuracy\": 0.5}";

    // As md5sum prints them: of the text above, and of the list of a folder that holds it as metrics.json.
    private const string MetricsHash = "0a301c63b27a8a3697d95199ecf9f3e6";
    private const string FolderHash = "baf0c1662711cd2a92cce4a39e6e2044";
    private static readonly DateTimeOffset Now = new(2024, 1, 4, 12, 0, 0, TimeSpan.Zero);
    private readonly GitFolder _git = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _git.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("eval/metrics.json.dvc", "outs:\n- md5: {0}\n  hash: md5\n  path: metrics.json\n", ".dvc/cache/files/md5/{1}/{2}")]
    [InlineData("dvc.lock", "schema: '2.0'\nstages:\n  eval:\n    cmd: x\n    outs:\n    - path: eval/metrics.json\n      md5: {0}\n", ".dvc/cache/{1}/{2}")]
    [InlineData("eval/dvc.lock", "schema: '2.0'\nstages:\n  eval:\n    cmd: x\n    outs:\n    - path: metrics.json\n      hash: md5\n      md5: {0}\n", "remote/files/md5/{1}/{2}")]
    public void Build_BaselineThatDvcTracks_IsReadFromCacheOrRemote(string lockFile, string text, string place)
    {
        _git.Write(lockFile, text.Replace("{0}", MetricsHash, StringComparison.Ordinal));
        if (lockFile.EndsWith("dvc.lock", StringComparison.Ordinal))
            _git.Write(lockFile.Replace(".lock", ".yaml", StringComparison.Ordinal), $"stages:\n  eval:\n    cmd: x\n    metrics: [{(lockFile == "dvc.lock" ? "eval/" : "")}metrics.json]\n");
        _git.Write(".dvc/config", "[core]\n    remote = local\n['remote \"local\"']\n    url = ../remote\n");
        _git.Commit("tracked");
        _git.Write(place.Replace("{1}", MetricsHash[..2], StringComparison.Ordinal).Replace("{2}", MetricsHash[2..], StringComparison.Ordinal), Metrics);
        _git.Write("eval/metrics.json", "{\"accuracy\": 0.75}");
        Assert.Equal(0.25, Build(_git.Path, "HEAD").Facts.Metrics[0].Difference);
    }

    [Fact]
    public void Build_BaselineInsideATrackedFolder_IsReadFromItsList()
    {
        _git.Write("eval.dvc", $"outs:\n- md5: {FolderHash}.dir\n  hash: md5\n  path: eval\n");
        _git.Commit("tracked");
        _git.Write($".dvc/cache/files/md5/{MetricsHash[..2]}/{MetricsHash[2..]}", Metrics);
        _git.Write($".dvc/cache/files/md5/{FolderHash[..2]}/{FolderHash[2..]}.dir", $"[{{\"md5\": \"{MetricsHash}\", \"relpath\": \"metrics.json\"}}]");
        _git.Write("eval/metrics.json", "{\"accuracy\": 0.75}");
        Assert.Equal(0.25, Build(_git.Path, "HEAD").Facts.Metrics[0].Difference);
    }

    [Fact]
    public void Build_BaselineThatIsNotOnThisMachine_IsSaidAndAskedFor()
    {
        _git.Write("metrics.json.dvc", $"outs:\n- md5: {MetricsHash}\n  hash: md5\n  size: 17\n  path: metrics.json\n");
        _git.Write(".dvc/config", "[core]\n    remote = far\n['remote \"far\"']\n    url = https://example.org/store\n");
        _git.Commit("tracked");
        _git.Write($".dvc/cache/files/md5/{MetricsHash[..2]}/{MetricsHash[2..]}", "{\"accuracy\": 0.1}"); // not what the hash says
        _git.Write("metrics.json", "{\"accuracy\": 0.75}");
        BuiltReport built = Build(_git.Path, "HEAD");
        Assert.Null(built.Facts.Metrics[0].Old);
        Assert.Contains(built.Messages, message => message.Text == "metrics.json: tracked by DVC at HEAD, and not in the cache; get it with dvc fetch (in the baseline)");
        (Dvc.Project.DvcProject project, IReadOnlyList<Dvc.Project.SelectedOutput> outputs) = Assert.Single(BaselineData.Missing(Request(_git.Path, "HEAD")));
        Assert.Equal((Path.GetFullPath(_git.Path), "metrics.json"), (project.Root, Assert.Single(outputs).Output.Path));
        Assert.Equal(17, new ReportBuilder().Build(Request(_git.Path, "HEAD") with { Gates = [new Gate { Subject = GateSubject.Size, Name = "metrics.json", MaxRise = new ChangeLimit(5, false) }] }, CancellationToken.None).Facts.Gates[0].Baseline);
    }

    [Fact]
    public void Build_HashThatLeadsElsewhere_IsNotFollowed()
    {
        _git.Write("metrics.json.dvc", "outs:\n- md5: ../../../../../../../../../../../../etc/passwd\n  path: metrics.json\n");
        _git.Commit("hostile");
        _git.Write("metrics.json", "{\"accuracy\": 0.75}");
        Assert.Null(Build(_git.Path, "HEAD").Facts.Metrics[0].Old);
    }

    [Fact]
    public void Build_WithoutGit_ComparesWithTheLastRecordedRun()
    {
        string metrics = _folder.Write("metrics.json", "{\"accuracy\": 0.5}");
        for (int day = 7; day >= 1; day--)
            RecordedRuns.Save(_folder.Path, [metrics, "/etc/hostname"], Now - TimeSpan.FromDays(day));
        _folder.Write("metrics.json", "{\"accuracy\": 0.75}");
        BuiltReport built = Build(_folder.Path, "auto");
        Assert.Equal(0.25, built.Facts.Metrics[0].Difference);
        Assert.Equal("the last recorded run (24 h old)", built.Facts.Baseline!.Describe());
        Assert.Equal(5, Directory.GetDirectories(Path.Combine(_folder.Path, ".cml/reports")).Length);
        Assert.Single(Directory.GetFiles(Path.Combine(_folder.Path, ".cml"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Distinct());
    }

    [Fact]
    public void Save_InsideGit_LeavesNothingBehind()
    {
        RecordedRuns.Save(_git.Path, [_git.Write("metrics.json", "{}")], Now);
        Assert.False(Directory.Exists(Path.Combine(_git.Path, ".cml")));
    }

    [Fact]
    public void Build_MoreBaselines_MakeColumns()
    {
        foreach ((string side, string value) in new[] { ("run", "0.75"), ("a", "0.5"), ("b", "0.25") })
        {
            _folder.Write(side + "/metrics.json", $"{{\"accuracy\": {value}}}");
            _folder.Write(side + "/params.yaml", $"lr: {(side == "b" ? value : "0.1")}\nepochs: 3\n");
        }

        BuiltReport built = new ReportBuilder().Build(Request(Path.Combine(_folder.Path, "run"), "a") with { WorkingDirectory = _folder.Path, OtherBaselines = [Asked("b"), Asked("gone")] }, CancellationToken.None);
        string text = new MarkdownWriter().Render(built.Model, new MarkdownTarget { OutputDirectory = _folder.Path, AssetsDirectory = _folder.Path }, CancellationToken.None).Text;
        Assert.Contains("| Metric | b | gone | Baseline | This | Δ | Δ % | Change |\n", text, StringComparison.Ordinal);
        Assert.Contains("| accuracy | 0.25 | – | 0.5 | 0.75 | +0.25 | +50.0\u00A0% | ▲\u00A0better |\n", text, StringComparison.Ordinal);
        Assert.Contains("| Parameter | b | gone | Baseline | This |\n| --- | --- | --- | --- | --- |\n| lr | 0.25 | – | 0.1 | 0.1 |\n", text, StringComparison.Ordinal);
        Assert.Contains(built.Messages, message => message.Text == "no baseline: 'gone' is neither a revision of this repository nor a folder");
    }

    private static BaselineRequest Asked(string what) => new() { Asked = what, IsExplicit = true, Now = Now };

    private static ReportRequest Request(string directory, string baseline) => new() { Directory = directory, WorkingDirectory = directory, Baseline = Asked(baseline) };

    private static BuiltReport Build(string directory, string baseline) => new ReportBuilder().Build(Request(directory, baseline), CancellationToken.None);
}
