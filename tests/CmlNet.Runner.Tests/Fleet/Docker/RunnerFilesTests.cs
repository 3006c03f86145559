using System.Diagnostics;
using System.Formats.Tar;
using CmlNet.Runner.Fleet.Docker;

namespace CmlNet.Runner.Tests.Fleet.Docker;

/// <summary>What starts a runner in its container, run by this machine's shell.</summary>
public sealed class RunnerFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // A killed daemon's order to start the container may be followed besides the next daemon's own.
    [Fact]
    public async Task Start_Twice_GivesTheConfigurationOnceAndEndsAtOnceTheSecondTime()
    {
        await TarFile.ExtractToDirectoryAsync(new MemoryStream(RunnerFiles.Build("secret", 12_345)), _folder.Path, overwriteFiles: false);
        string script = _folder["cml/start.sh"];
        await File.WriteAllTextAsync(script, (await File.ReadAllTextAsync(script)).Replace("/cml/once", _folder["cml/once"], StringComparison.Ordinal));
        Assert.Equal((0, "got secret\n"), await RunAsync(script));
        Assert.False(File.Exists(_folder["cml/once/jit"]));
        Assert.Equal((0, "cml: this runner has had its turn\n"), await RunAsync(script));
    }

    [Fact]
    public async Task Hook_OfAJob_CollectsAsMuchAsThePoolAllows()
    {
        await TarFile.ExtractToDirectoryAsync(new MemoryStream(RunnerFiles.Build("secret", 12_345)), _folder.Path, overwriteFiles: false);
        Assert.Contains("runner collect --workspace \"$GITHUB_WORKSPACE\" --outbox /cml/outbox --limit 12345 ", await File.ReadAllTextAsync(_folder["cml/job-completed.sh"]), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<(int Code, string Output)> RunAsync(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", [script, "/bin/sh", "-c", "echo got $ACTIONS_RUNNER_INPUT_JITCONFIG"]) { RedirectStandardOutput = true, UseShellExecute = false })!; // a new process
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
