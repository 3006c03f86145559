using CmlNet.Cli.Commands.Gate;

namespace CmlNet.Cli.Tests.Commands.Gate;

public sealed class GateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-gate-").FullName;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0, "passed: accuracy 0.91, limit ≥ 0.9\n", "accuracy", "--min", "0.9")]
    [InlineData(1, "failed: accuracy 0.91, limit ≥ 0.95: below 0.95\n", "accuracy", "--min", "0.95")]
    [InlineData(1, "failed: acuracy, limit ≤ 1: no such metric; did you mean 'accuracy'?\n", "acuracy", "--max", "1")]
    [InlineData(1, "failed: accuracy 0.91 (baseline 0.95), limit drop ≤ 1 %: fell by 4.2105 %, allowed 1 %\n", "accuracy", "--max-drop", "1%", "--baseline", "old")]
    [InlineData(0, "passed: accuracy 0.91 (baseline 0.95), limit drop ≤ 0.05\n", "accuracy", "--max-drop", "0.05", "--baseline", "old")]
    [InlineData(1, "not judged: accuracy 0.91, limit drop ≤ 0.05: no baseline: not in a git repository\n", "accuracy", "--max-drop", "0.05")]
    public async Task Gate_Limit_DecidesTheExitCode(int code, string expected, params string[] arguments)
    {
        Write("metrics.json", "{\"accuracy\": 0.91}");
        Write("old/metrics.json", "{\"accuracy\": 0.95}");
        Assert.Equal(code, await Run(arguments));
        Assert.Equal(expected, _out.ToString());
    }

    [Theory]
    [InlineData("12345679", "rows 12345679 (baseline 12345678), limit rise ≤ 0: rose by 1, allowed 0", "rows")]
    [InlineData("1e-7", "rows 1e-07 (baseline 1e-08), limit rise ≤ 0: rose by 9e-08, allowed 0", "rows")]
    [InlineData("12345679", "val/rows 12345679 (baseline 12345678), limit rise ≤ 0: rose by 1, allowed 0", "val/rows")]
    public async Task Gate_Numbers_ArePrintedAsTheyWereWritten(string now, string expected, string metric)
    {
        Write("metrics.json", $"{{\"val/rows\": {now}}}");
        Write("old/metrics.json", $"{{\"val/rows\": {(now[0] == '1' && now.Length > 4 ? "12345678" : "1e-8")}}}");
        Assert.Equal(1, await Run([metric, "--max-rise", "0", "--baseline", "old"]));
        Assert.Equal($"failed: {expected}\n", _out.ToString());
    }

    /// <summary>Two rows more are wrong of 40: worse, and within noise; of 40 twenty: not.</summary>
    [Theory]
    [InlineData(0, 2, "passed: accuracy", "--significance", "0.05")]
    [InlineData(1, 20, "failed: accuracy", "--significance", "0.05")]
    [InlineData(0, 2, "passed: accuracy", "--margin", "0.2")]
    [InlineData(1, 2, "failed: accuracy", "--margin", "0.01")]
    public async Task Gate_OnPredictions_IsJudgedWithItsUncertainty(int code, int wrong, string expected, params string[] limit)
    {
        Write("predictions.csv", Predictions(wrong + 1));
        Write("old/predictions.csv", Predictions(1));
        Assert.Equal(code, await Run(["accuracy", "--baseline", "old", .. limit]));
        Assert.StartsWith(expected, _out.ToString(), StringComparison.Ordinal);
    }

    private static string Predictions(int wrong) => "id,y_true,y_pred\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{(i % 2 == 0 ? "a" : "b")},{((i % 2 == 0) == (i >= wrong) ? "a" : "b")}\n"));

    [Fact]
    public void Gate_LimitThatIsNoNumber_IsRefused()
    {
        string message = Assert.Single(GateCommand.Build(Host()).Parse(["a", "--max-drop", "lots"]).Errors).Message;
        Assert.Equal("--max-drop must be a number of at least 0, or a percentage such as 1%, not 'lots'", message);
    }

    [Theory]
    [InlineData("--significance must be a number from 0 to 1, not '5'", "--significance", "5")]
    [InlineData("--margin must be a number of at least 0, not '-1'", "--margin", "-1")]
    public void Gate_LimitThatCannotBeMeant_IsRefused(string expected, params string[] arguments) =>
        Assert.Equal(expected, Assert.Single(GateCommand.Build(Host()).Parse(["a", .. arguments]).Errors).Message);

    [Fact]
    public async Task Gate_MinAboveMax_IsRefused() =>
        Assert.Equal(ExitCodes.Usage, (await Assert.ThrowsAsync<CliException>(() => Run(["a", "--min", "1", "--max", "0"]))).ExitCode);

    /// <summary>A metrics file of no usual name, which only <c>dvc.yaml</c> says is one.</summary>
    [Fact]
    public async Task Gate_MetricNamedInDvcYaml_IsFound()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".dvc"));
        Write(".dvc/config", "[core]\n    no_scm = True\n");
        Write("dvc.yaml", "stages:\n  s:\n    cmd: 'true'\n    metrics:\n    - eval/final.yml: {cache: false}\n");
        Write("eval/final.yml", "acc: 0.9\n");
        Write("old/eval/final.yml", "acc: 0.95\n");
        Assert.Equal(0, await Run("acc", "--min", "0.5"));
        Assert.Equal(1, await Run("acc", "--max-drop", "0.01", "--baseline", "old"));
        Assert.Equal("passed: acc 0.9, limit ≥ 0.5\nfailed: acc 0.9 (baseline 0.95), limit drop ≤ 0.01: fell by 0.05, allowed 0.01\n", _out.ToString());
    }

    private Task<int> Run(params string[] arguments) => GateCommand.Build(Host()).Parse(arguments).InvokeAsync(new() { EnableDefaultExceptionHandler = false });

    private CliHost Host() => new()
    {
        Out = _out, Error = _error, In = TextReader.Null, Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingDirectory = _folder, Time = TimeProvider.System, IsTerminal = false,
    };

    private void Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // the path has a folder
        File.WriteAllText(path, content);
    }
}
