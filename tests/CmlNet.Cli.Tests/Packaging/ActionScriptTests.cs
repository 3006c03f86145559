using CmlNet.Cli.Tests.Commands.Run;
using CmlNet.Publishing.CodeHosts.Local;

namespace CmlNet.Cli.Tests.Packaging;

/// <summary>The scripts of <c>actions/</c> as a step runs them, with the published binary on PATH.</summary>
public sealed class ActionScriptTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cml-action-");

    private string Host => Path.Combine(_directory.FullName, "host");

    private string Outputs => Path.Combine(_directory.FullName, "outputs");

    public void Dispose() => _directory.Delete(recursive: true);

    [SkippableFact]
    public async Task Report_ThenComment_PostTheReportOfTheMetrics()
    {
        Write("out/metrics.json", """{"accuracy": 0.91}""");
        ProcessResult report = await RunAsync("report/report.sh", ("DIRECTORY", "."), ("METRICS", "out/metrics.json\n\n"), ("TITLE", "Iris $(touch pwned)"), ("OUTPUT", "report.md"), ("FAIL_ON", "error"), ("SUMMARY", "true"), ("PREDICTIONS", ""), ("HISTORY", ""), ("IMAGES", ""), ("BASELINE", ""));
        Assert.True(report.ExitCode == 0, report.Error);
        Assert.Equal("report=report.md\n", await File.ReadAllTextAsync(Outputs));
        Assert.Contains("0.91", await File.ReadAllTextAsync(Path.Combine(_directory.FullName, "summary.md")), StringComparison.Ordinal);
        Write("more.md", "and more\n");
        ProcessResult comment = await RunAsync("comment/comment.sh", ("REPORT", $"report.md\n\n{Path.Combine(_directory.FullName, "more.md")}\n"), ("TO", "comment"), ("TARGET", "pr/5"), ("UPDATE", "true"), ("TITLE", "my label"), ("ASSETS", "auto"), ("FROM_BUNDLE", ""));
        Assert.True(comment.ExitCode == 0, comment.Error);
        LocalComment posted = Assert.Single(LocalHostStore.ReadComments(Host));
        Assert.Equal("pr/5", posted.Target);
        Assert.Matches("(?s)0\\.91.*and more\n\n\n!\\[\\]\\(https://cml.dev/watermark.png#.* \"CML watermark my label\"\\)$", posted.Body);
        Assert.EndsWith("url=comments/1.md\n", await File.ReadAllTextAsync(Outputs), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_directory.FullName, "pwned")));
    }

    [SkippableTheory]
    [InlineData("summary,check", "url=\n")]
    [InlineData("check, comment", "url=comments/1.md\n")]
    public async Task Comment_SeveralPlaces_HasTheCommentsAddressAlone(string to, string outputs)
    {
        Write("report.md", "x\n");
        ProcessResult comment = await RunAsync("comment/comment.sh", ("REPORT", "report.md"), ("TO", to), ("TARGET", "pr/5"), ("UPDATE", "true"), ("TITLE", ""), ("ASSETS", "auto"), ("FROM_BUNDLE", ""), ("GITHUB_SHA", new string('1', 40)));
        Assert.True(comment.ExitCode == 0, comment.Error);
        Assert.Equal(outputs, await File.ReadAllTextAsync(Outputs));
    }

    [SkippableFact]
    public async Task Comment_ReportMissing_FailsTheStep()
    {
        ProcessResult comment = await RunAsync("comment/comment.sh", ("REPORT", "nope.md"), ("TO", "comment"), ("TARGET", ""), ("UPDATE", "false"), ("TITLE", ""), ("ASSETS", "auto"), ("FROM_BUNDLE", ""));
        Assert.Equal(1, comment.ExitCode);
        Assert.Contains("cannot read the report", comment.Error, StringComparison.Ordinal);
    }

    private async Task<ProcessResult> RunAsync(string script, params (string Name, string Value)[] inputs)
    {
        string bin = Directory.CreateDirectory(Path.Combine(_directory.FullName, "bin")).FullName;
        if (!File.Exists(Path.Combine(bin, "cml")))
            File.CreateSymbolicLink(Path.Combine(bin, "cml"), CmlBinary.Require());
        List<string> environment =
        [
            $"PATH={bin}:{Environment.GetEnvironmentVariable("PATH")}", $"CML_LOCAL_HOST={Host}", $"GITHUB_OUTPUT={Outputs}", $"RUNNER_TEMP={_directory.FullName}",
            $"GITHUB_STEP_SUMMARY={Path.Combine(_directory.FullName, "summary.md")}", .. inputs.Select(i => $"{i.Name}={i.Value}"),
        ];
        string path = Path.Combine(CmlBinary.RepositoryRoot(), "actions", script);
        return await ProcessResult.OfAsync("env", ["-C", _directory.FullName, "-i", .. environment, "bash", path]);
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_directory.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
