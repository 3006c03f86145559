using System.CommandLine;
using System.Diagnostics;

namespace CmlNet.Cli.Tests.Commands.Report;

/// <summary>What a report is compared with when nobody says so: a pull request names its target, and is told when that is not here.</summary>
public sealed class TargetBranchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-target-").FullName;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public TargetBranchTests()
    {
        File.WriteAllText(Path.Combine(_folder, "metrics.json"), "{\"accuracy\": 0.5}");
        Git("init", "-q", "-b", "main");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("GITHUB_BASE_REF")]
    [InlineData("CI_MERGE_REQUEST_TARGET_BRANCH_NAME")]
    [InlineData("BITBUCKET_PR_DESTINATION_BRANCH")]
    public async Task Report_OfAPullRequest_IsComparedWithItsTargetOrSaysWhyNot(string variable)
    {
        Commit();
        Assert.Equal(ExitCodes.Success, await Run("report --metrics metrics.json", (variable, "release"), ("GITHUB_EVENT_NAME", "x")));
        Assert.StartsWith("**Not compared** · no baseline: the target branch release is not in this clone; fetch it (fetch-depth: 0)\n", _out.ToString(), StringComparison.Ordinal);
        Git("branch", "release");
        _out.GetStringBuilder().Clear();
        Assert.Equal(ExitCodes.Success, await Run("report --metrics metrics.json", (variable, "release")));
        Assert.Contains("Compared with merge base with release (", _out.ToString(), StringComparison.Ordinal);
    }

    /// <summary>GitHub sets the variable in every job, and leaves it empty outside of pull requests.</summary>
    [Fact]
    public async Task Report_OfAPush_IsComparedWithTheDefaultBranch()
    {
        Commit();
        Assert.Equal(ExitCodes.Success, await Run("report --metrics metrics.json", ("GITHUB_BASE_REF", "")));
        Assert.Contains("Compared with merge base with main (", _out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MetricsDiff_BeforeTheFirstCommit_SaysSo()
    {
        CliException error = await Assert.ThrowsAsync<CliException>(() => Run("metrics diff"));
        Assert.Equal("cml metrics diff: unknown revision 'HEAD'; the repository has no commit yet", error.Message);
    }

    private Task<int> Run(string arguments, params (string Name, string Value)[] variables)
    {
        var host = new CliHost
        {
            Out = _out, Error = _error, In = TextReader.Null, Environment = variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal), WorkingDirectory = _folder, Time = TimeProvider.System, IsTerminal = false,
        };
        return CommandTree.Build(host).Parse(arguments.Split(' ')).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = _out, Error = _error });
    }

    private void Commit()
    {
        Git("add", "-A");
        Git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", "one");
    }

    private void Git(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder })!; // only null when a process is reused
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
