using System.Globalization;
using CmlNet.Reports.Baselines;
using CmlNet.Reports.Configuration;
using CmlNet.Reports.Markdown;

namespace CmlNet.Reports.Tests.Findings;

/// <summary>A whole report on data, times, sizes, tests and origin, from a repository with a baseline.</summary>
public sealed class DataReportTests : IDisposable
{
    private readonly GitFolder _git = new();

    public void Dispose() => _git.Dispose();

    [Fact]
    public void Build_EverythingButPredictions_EqualsGolden()
    {
        _git.Write("model.pkl", new string('m', 2_000));
        _git.Write("latency.csv", "ms\n" + string.Concat(Enumerable.Range(1, 10).Select(i => $"{i}\n")));
        _git.Write("results.xml", "<testsuite><testcase name=\"shape\"/><testcase name=\"range\"/></testsuite>");
        _git.Write("dvc.lock", "schema: '2.0'\nstages:\n  train:\n    cmd: python train.py\n    deps:\n    - {path: data.csv, hash: md5, md5: aaaa, size: 12}\n    outs:\n    - {path: model.bin, hash: md5, md5: '111', size: 2000000}\n");
        string basis = _git.Commit("base");
        _git.Write("dvc.lock", "schema: '2.0'\nstages:\n  train:\n    cmd: python train.py\n    deps:\n    - {path: data.csv, hash: md5, md5: aaaa, size: 12}\n    outs:\n    - {path: model.bin, hash: md5, md5: '222', size: 2500000}\n");
        _git.Write("model.pkl", new string('m', 3_000));
        _git.Write("latency.csv", "ms\n" + string.Concat(Enumerable.Range(1, 10).Select(i => $"{i * 2}\n")));
        _git.Write("results.xml", "<testsuite><testcase name=\"shape\" time=\"1.5\"/><testcase name=\"range\"><failure message=\"too high\"/></testcase></testsuite>");
        _git.Write("params.yaml", "train: {seed: 42, lr: 0.1}\n");
        _git.Write("requirements.txt", "# pinned\nnumpy==1.24.2\nscipy==1.10.1\n");
        _git.Write("train.csv", Data(200, 0));
        _git.Write("live.csv", Data(150, 2));
        _git.Write("cml.yaml", """
            report:
              sections:
                - drift: {reference: train.csv, current: live.csv}
                - contract: {data: live.csv, reference: train.csv}
                - latency: {file: latency.csv, column: ms}
                - sizes: {files: [model.pkl]}
                - tests: {junit: results.xml}
                - params: {files: params.yaml}
                - lineage: {}
              gates:
                - {drift: share, max: 0.3}
                - {contract: violations, max: 0, level: warn}
                - {latency: p95, max: 20ms, max-rise: 50%}
                - {size: model.pkl, max: 50MB}
            """);
        ReportConfiguration configuration = ReportConfiguration.Read(Path.Combine(_git.Path, "cml.yaml"), "cml.yaml")!;
        BuiltReport built = new ReportBuilder().Build(new ReportRequest
        {
            Directory = _git.Path, WorkingDirectory = _git.Path, Configuration = configuration,
            Baseline = new BaselineRequest { Asked = "HEAD", IsExplicit = true, Now = new DateTimeOffset(2024, 1, 3, 0, 0, 0, TimeSpan.Zero) },
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["CML_IMAGE_DIGEST"] = "python@sha256:abc", ["GITHUB_WORKFLOW"] = "ci" },
        }, CancellationToken.None);
        string text = new MarkdownWriter().Render(built.Model, new MarkdownTarget { OutputDirectory = _git.Path, AssetsDirectory = Path.Combine(_git.Path, "files") }, CancellationToken.None).Text;
        string[] ofThisMachine = ["| Machine ", "| Processor ", "| GPU "];
        string stable = string.Join('\n', text.Replace(basis, "COMMIT", StringComparison.Ordinal).Replace(basis[..7], "SHA", StringComparison.Ordinal).Split('\n').Where(line => !ofThisMachine.Any(start => line.StartsWith(start, StringComparison.Ordinal))));
        GoldenFile.Check("tests/CmlNet.Reports.Tests/Golden/data.md", stable);
        Assert.Contains("\n| Machine | ", text, StringComparison.Ordinal);
        Assert.Empty(built.Messages);
    }

    [Theory]
    [InlineData("uv.lock", "version = 1\n\n[[package]]\nname = \"a\"\n\n[[package]]\nname = \"b\"\n", "2 packages")]
    [InlineData("poetry.lock", "[[package]]\nname = \"a\"\n", "1 package")]
    [InlineData("pip-freeze.txt", "a==1\nb==2\n# c\n", "2 packages")]
    [InlineData("environment.yml", "dependencies: [python]\n", "environment.yml")]
    [InlineData("conda-lock.yml", "version: 1\n", "conda-lock.yml")]
    public void Build_FileOfPackages_IsInTheLineageWithItsHash(string name, string content, string expected)
    {
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(_git.Write(name, content))));
        _git.Commit("one");
        BuiltReport built = new ReportBuilder().Build(new ReportRequest { Directory = _git.Path, WorkingDirectory = _git.Path, Baseline = new BaselineRequest { Asked = "none", IsExplicit = false, Now = DateTimeOffset.UnixEpoch } }, CancellationToken.None);
        string text = new MarkdownWriter().Render(built.Model, new MarkdownTarget { OutputDirectory = _git.Path, AssetsDirectory = Path.Combine(_git.Path, "files") }, CancellationToken.None).Text;
        string row = Assert.Single(text.Split('\n'), line => line.StartsWith("| Packages", StringComparison.Ordinal));
        Assert.Contains(expected, row, StringComparison.Ordinal);
        Assert.Contains("sha256:" + hash, row.Replace("&#8203;", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static string Data(int rows, double shift)
    {
        var random = new Random(1);
        return "price,kind\n" + string.Concat(Enumerable.Range(0, rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(random.NextDouble() * 10 + shift, 3)},{"abc"[i % 3]}\n")));
    }
}
