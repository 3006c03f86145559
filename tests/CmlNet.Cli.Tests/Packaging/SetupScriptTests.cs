using System.Security.Cryptography;
using System.Text;
using CmlNet.Cli.Tests.Commands.Run;

namespace CmlNet.Cli.Tests.Packaging;

/// <summary><c>actions/setup-cml</c> against a release in a folder, which curl reads as it reads a server.</summary>
public sealed class SetupScriptTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cml-setup-");

    private string Release => Path.Combine(_directory.FullName, "server", "acme", "cml", "releases");

    public void Dispose() => _directory.Delete(recursive: true);

    [SkippableFact]
    public async Task Setup_TwoJobs_TheSecondTakesWhatTheFirstDownloaded()
    {
        Publish("latest/download", "0.9.1");
        ProcessResult first = await RunAsync("latest");
        Assert.True(first.ExitCode == 0, first.Error + first.Output);
        Assert.Contains("cml 0.9.1\n", first.Output, StringComparison.Ordinal);
        string bin = (await File.ReadAllTextAsync(Path.Combine(_directory.FullName, "path"))).Trim();
        Assert.Equal("0.9.1\n", (await ProcessResult.OfAsync(Path.Combine(bin, "cml-send-comment"), [])).Output);
        File.Delete(Path.Combine(Release, "latest/download", "cml-linux-x64"));
        ProcessResult second = await RunAsync("latest");
        Assert.True(second.ExitCode == 0, second.Error + second.Output);
        Assert.Contains("cml is in the cache\ncml 0.9.1\n", second.Output, StringComparison.Ordinal);
        Publish("latest/download", "0.9.2");
        Assert.Contains("cml 0.9.2\n", (await RunAsync("latest")).Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Setup_CacheWasChanged_DownloadsAgain()
    {
        Publish("download/v0.9.1", "0.9.1");
        Assert.Equal(0, (await RunAsync("v0.9.1")).ExitCode);
        string bin = (await File.ReadAllTextAsync(Path.Combine(_directory.FullName, "path"))).Trim();
        await File.AppendAllTextAsync(Path.Combine(bin, "cml"), "echo harm\n");
        ProcessResult again = await RunAsync("0.9.1");
        Assert.True(again.ExitCode == 0, again.Error + again.Output);
        Assert.DoesNotContain("harm", again.Output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("latest", "does not match SHA256SUMS")]
    [InlineData("1.2.3", "cannot be downloaded")]
    [InlineData("../x", "version must be")]
    public async Task Setup_NotWhatIsListedOrNotThere_FailsTheStep(string version, string message)
    {
        Publish("latest/download", "0.9.1");
        await File.AppendAllTextAsync(Path.Combine(Release, "latest/download", "cml-linux-x64"), "echo harm\n");
        ProcessResult result = await RunAsync(version);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_directory.FullName, "path")));
    }

    /// <summary>An image may have CML's own program, which knows no <c>doctor</c>, or another version of ours.</summary>
    [SkippableTheory]
    [InlineData("case $1 in --version) echo 0.20.6;; *) exit 1;; esac", "latest", "cml 0.9.1\n")]
    [InlineData("echo 0.8.0", "0.9.1", "cml 0.9.1\n")]
    [InlineData("echo 0.9.1", "v0.9.1", "cml 0.9.1 is already on PATH\n")]
    [InlineData("echo 0.8.0", "latest", "cml 0.8.0 is already on PATH\n")]
    public async Task Setup_ProgramOfThatNameOnPath_IsTakenWhereItIsTheOneWanted(string program, string version, string said)
    {
        Publish("latest/download", "0.9.1");
        Publish("download/v0.9.1", "0.9.1");
        string bin = Directory.CreateDirectory(Path.Combine(_directory.FullName, "image")).FullName;
        await File.WriteAllTextAsync(Path.Combine(bin, "cml"), $"#!/bin/sh\n{program}\n");
        await ProcessResult.OfAsync("chmod", ["+x", Path.Combine(bin, "cml")]);
        ProcessResult result = await RunAsync(version, bin + ":");
        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        Assert.EndsWith(said, result.Output, StringComparison.Ordinal);
    }

    private void Publish(string place, string version)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Release, place)).FullName;
        byte[] program = Encoding.UTF8.GetBytes($"#!/bin/sh\necho {version}\n");
        File.WriteAllBytes(Path.Combine(folder, "cml-linux-x64"), program);
        File.WriteAllText(Path.Combine(folder, "SHA256SUMS"), $"{Convert.ToHexStringLower(SHA256.HashData(program))}  cml-linux-x64\n");
    }

    private async Task<ProcessResult> RunAsync(string version, string before = "")
    {
        Skip.IfNot(File.Exists("/usr/bin/curl") && !File.Exists("/lib/ld-musl-x86_64.so.1"), "curl is not here, or the release would be the one for musl");
        string[] environment =
        [
            $"PATH={before}/usr/bin:/bin", "REPOSITORY=acme/cml", $"VERSION={version}", "RUNNER_OS=Linux", "RUNNER_ARCH=X64", $"RUNNER_TEMP={_directory.FullName}/temp", $"RUNNER_TOOL_CACHE={_directory.FullName}/cache",
            $"GITHUB_SERVER_URL=file://{_directory.FullName}/server", $"GITHUB_PATH={_directory.FullName}/path", $"GITHUB_OUTPUT={_directory.FullName}/outputs",
        ];
        File.Delete(Path.Combine(_directory.FullName, "path"));
        return await ProcessResult.OfAsync("env", ["-i", .. environment, "bash", Path.Combine(CmlBinary.RepositoryRoot(), "actions", "setup-cml", "install.sh")]);
    }
}
