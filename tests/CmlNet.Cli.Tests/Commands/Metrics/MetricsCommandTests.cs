using System.CommandLine;
using System.Diagnostics;

namespace CmlNet.Cli.Tests.Commands.Metrics;

public sealed class MetricsCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-metrics-").FullName;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public MetricsCommandTests()
    {
        Git("init", "-q", "-b", "main");
        Write("dvc.yaml", "stages:\n  train:\n    cmd: x\n    wdir: model\n    params: [lr, layers, opt.name, gone]\n    metrics:\n      - m.json: {cache: false}\n");
        Write("model/m.json", "{\"acc\": 0.1234567, \"loss\": 1.0, \"n\": 3, \"nested\": {\"ok\": true, \"list\": [1]}, \"same\": \"x\"}");
        Write("model/params.yaml", "lr: 0.00012345678\nlayers: [1, 2.5]\nopt: {name: adam}\nother: 1\n");
        Write("untracked/metrics.json", "{\"not\": 1}");
        Git("add", "-A");
        Git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", "one");
        Write("model/m.json", "{\"acc\": 0.2, \"loss\": NaN, \"n\": 5, \"nested\": {\"ok\": false}, \"same\": \"x\"}");
        Write("model/params.yaml", "lr: 1e-05\nlayers: [1, 'a']\nopt: {name: adam}\nother: 2\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("diff", "Path          Metric     HEAD     workspace    Change\nmodel/m.json  acc        0.12346  0.2          0.07654\nmodel/m.json  loss       1.0      nan          nan\nmodel/m.json  n          3        5            2\nmodel/m.json  nested.ok  True     False        -1\n")]
    [InlineData("diff --md --no-path", "| Metric    | HEAD    | workspace   | Change   |\n|-----------|---------|-------------|----------|\n| acc       | 0.12346 | 0.2         | 0.07654  |\n| loss      | 1.0     | nan         | nan      |\n| n         | 3       | 5           | 2        |\n| nested.ok | True    | False       | -1       |\n\n")]
    [InlineData("diff --json --target model/m.json", "{\"model/m.json\": {\"acc\": {\"old\": 0.1234567, \"new\": 0.2, \"diff\": 0.07654330000000001}, \"loss\": {\"old\": 1.0, \"new\": NaN, \"diff\": NaN}, \"n\": {\"old\": 3, \"new\": 5, \"diff\": 2}, \"nested.ok\": {\"old\": true, \"new\": false, \"diff\": -1}}}\n")]
    [InlineData("diff --csv --precision 2 HEAD HEAD --all", "Path,Metric,HEAD,HEAD,Change\nmodel/m.json,acc,0.12,0.12,0.0\nmodel/m.json,loss,1.0,1.0,0.0\nmodel/m.json,n,3,3,0\nmodel/m.json,nested.ok,True,True,0\nmodel/m.json,same,x,x,-\n")]
    [InlineData("diff HEAD HEAD", "")]
    [InlineData("show", "Path          acc    loss    n    nested.ok    same\nmodel/m.json  0.2    nan     5    False        x\n")]
    [InlineData("show --rev main --rev workspace --show-md", "| Revision   | Path         | acc     | loss   | n   | nested.ok   | same   |\n|------------|--------------|---------|--------|-----|-------------|--------|\n| main       | model/m.json | 0.12346 | 1.0    | 3   | True        | x      |\n| workspace  | model/m.json | 0.2     | nan    | 5   | False       | x      |\n\n")]
    [InlineData("diff HEAD main workspace --no-path", "Metric     HEAD     main     workspace    Change\nacc        0.12346  0.12346  0.2          0.07654\nloss       1.0      1.0      nan          nan\nn          3        3        5            2\nnested.ok  True     True     False        -1\n")]
    [InlineData("diff HEAD main workspace --json --targets untracked/metrics.json", "{}\n")]
    [InlineData("show --all-branches --csv", "Revision,Path,acc,loss,n,nested.ok,same\nworkspace,model/m.json,0.2,nan,5,False,x\nmain,model/m.json,0.12346,1.0,3,True,x\n")]
    [InlineData("show --json", "{\"\": {\"data\": {\"model/m.json\": {\"data\": {\"acc\": 0.2, \"loss\": NaN, \"n\": 5, \"nested\": {\"ok\": false}, \"same\": \"x\"}}}}}\n")]
    public async Task Metrics_InADvcProject_PrintsItsTables(string arguments, string expected)
    {
        Assert.Equal(ExitCodes.Success, await Run("metrics " + arguments));
        Assert.Equal(expected, _out.ToString());
        Assert.Equal("", _error.ToString());
    }

    [Fact]
    public async Task Metrics_WithoutDvc_PassOverTablesOfStepsThatNobodyNamed()
    {
        File.Delete(Path.Combine(_folder, "dvc.yaml"));
        Write("lightning_logs/version_0/metrics.csv", "epoch,step,loss\n0,1,2\n0,2,1\n");
        Write("eval/metrics.csv", "metric,value\nf1,0.5\n");
        Assert.Equal(ExitCodes.Success, await Run("metrics show --json"));
        Assert.Contains("\"f1\": 0.5", _out.ToString(), StringComparison.Ordinal);
        Assert.Equal("", _error.ToString());
        Assert.Equal(ExitCodes.Failure, await Run("metrics show --json lightning_logs/version_0/metrics.csv"));
        Assert.Contains("has 2 rows and no column with names", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_EveryRevision_JoinsNamesOfACommitAndHidesAnUnchangedWorkTree()
    {
        Git("add", "-A");
        Git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", "two");
        Git("tag", "v2");
        Assert.Equal(ExitCodes.Success, await Run("metrics show -a --csv"));
        Assert.Equal("Revision,Path,acc,loss,n,nested.ok,same\nmain,model/m.json,0.2,nan,5,False,x\n", _out.ToString());
        _out.GetStringBuilder().Clear();
        Assert.Equal(ExitCodes.Success, await Run("metrics show -T -A --csv"));
        string[] lines = _out.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length); // head, work tree, two commits
        Assert.StartsWith("\"v2,", lines[2], StringComparison.Ordinal);
        Assert.EndsWith(",model/m.json,0.12346,1.0,3,True,x", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Params_InADvcProject_AreNotRounded()
    {
        Assert.Equal(ExitCodes.Success, await Run("params diff --md"));
        Assert.Equal("| Path              | Param   | HEAD          | workspace   |\n|-------------------|---------|---------------|-------------|\n| model/params.yaml | layers  | [1, 2.5]      | [1, 'a']    |\n| model/params.yaml | lr      | 0.00012345678 | 1e-05       |\n\n", _out.ToString());
    }

    [Fact]
    public async Task Params_FoldersWhoseTemplatesUseOneFile_ShowWhatEachUses()
    {
        Write("shared.yaml", "alpha: 1\nbeta: 2\nunused: 3\n");
        Write("one/dvc.yaml", "vars: [../shared.yaml]\nstages:\n  s:\n    cmd: echo ${alpha}\n");
        Write("two/dvc.yaml", "vars: [../shared.yaml]\nstages:\n  s:\n    cmd: echo ${beta}\n");
        Assert.Equal(ExitCodes.Success, await Run("params diff --csv"));
        Assert.Contains("shared.yaml,alpha,-,1\nshared.yaml,beta,-,2\n", _out.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("unused", _out.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metrics show --targets h.json", "Path    U+001B[31macc\nh.json  1\n")]
    [InlineData("metrics show --md --targets h.json", "| Path   | U+001B[31macc   |\n|--------|-----------------|\n| h.json | 1               |\n\n")]
    public async Task Tables_OfHostileNames_HaveNoTerminalEscapes(string arguments, string expected)
    {
        Write("h.json", "{\"\\u001b[31macc\": 1}");
        Assert.Equal(ExitCodes.Success, await Run(arguments));
        Assert.Equal(expected, _out.ToString());
    }

    [Fact]
    public async Task Tables_OfTomlAndPythonFiles_AreReadAsSuch()
    {
        Write("other.toml", "[train]\nacc = 0.5\n");
        Write("params.py", "class Train:\n    LR = 0.1\n");
        Assert.Equal(ExitCodes.Success, await Run("metrics show --json --targets other.toml"));
        Assert.Equal("{\"\": {\"data\": {\"other.toml\": {\"data\": {\"train\": {\"acc\": 0.5}}}}}}\n", _out.ToString());
        _out.GetStringBuilder().Clear();
        Assert.Equal(ExitCodes.Success, await Run("params diff --csv --targets params.py"));
        Assert.Contains("params.py,Train.LR,-,0.1", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_FileOfManyGigabytes_IsSaidAndNotRead()
    {
        Write("huge.json", "");
        using (FileStream file = File.OpenWrite(Path.Combine(_folder, "huge.json")))
            file.SetLength(5L << 30); // takes no room on disk
        await Run("metrics show --targets huge.json");
        Assert.StartsWith("cml metrics show: workspace: huge.json: larger than 1 GiB; a file this size is not read as a whole\n", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_UnknownRevision_SaysWhatToGive()
    {
        CliException error = await Assert.ThrowsAsync<CliException>(() => Run("metrics diff nowhere"));
        Assert.Equal((ExitCodes.Usage, "cml metrics diff: unknown revision 'nowhere'; give a branch, tag or commit of this repository, or workspace"), (error.ExitCode, error.Message));
    }

    [Fact]
    public async Task Metrics_BrokenFile_IsSaidAndFails()
    {
        Write("model/m.json", "{");
        Assert.Equal(ExitCodes.Failure, await Run("metrics show"));
        Assert.StartsWith("cml metrics show: workspace: model/m.json:1:2: ", _error.ToString(), StringComparison.Ordinal);
    }

    private Task<int> Run(string arguments)
    {
        var host = new CliHost
        {
            Out = _out, Error = _error, In = TextReader.Null, Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingDirectory = _folder, Time = TimeProvider.System, IsTerminal = false,
        };
        return CommandTree.Build(host).Parse(arguments.Split(' ')).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = _out, Error = _error });
    }

    private void Git(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder })!; // only null when a process is reused
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private void Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // the path has a folder
        File.WriteAllText(path, content);
    }
}
