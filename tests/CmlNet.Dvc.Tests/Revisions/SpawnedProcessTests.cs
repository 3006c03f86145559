using CmlNet.Dvc.Revisions;

namespace CmlNet.Dvc.Tests.Revisions;

public sealed class SpawnedProcessTests
{
    [Fact]
    public void Start_Program_IsSpokenWith()
    {
        Assert.True(SpawnedProcess.IsSupported || !OperatingSystem.IsLinux());
        if (!SpawnedProcess.IsSupported)
            return;
        Environment.SetEnvironmentVariable("CML_SPAWN_TEST", "inherited");
        using SpawnedProcess shell = Shell("read line; echo \"$line $CML_SPAWN_TEST $LC_ALL\"; echo complaint >&2");
        shell.Input.Write("question\n"u8);
        using var reader = new StreamReader(shell.Output);
        Assert.Equal("question inherited C\n", reader.ReadToEnd());
    }

    [Fact]
    public void Start_NoSuchProgram_IsNone()
    {
        if (SpawnedProcess.IsSupported)
            Assert.Null(SpawnedProcess.Start("no-such-program-of-cml", [], new Dictionary<string, string>(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Dispose_EndedProgram_LeavesNothingInTheSystemsTable()
    {
        if (!SpawnedProcess.IsSupported)
            return;
        string id;
        using (SpawnedProcess shell = Shell("echo $$"))
        {
            using var reader = new StreamReader(shell.Output);
            id = reader.ReadToEnd().Trim();
        }

        for (int attempt = 0; Directory.Exists($"/proc/{id}"); attempt++)
        {
            Assert.True(attempt < 1000, $"/proc/{id} is still there");
            await Task.Delay(10);
            using SpawnedProcess next = Shell("exit");
        }
    }

    private static SpawnedProcess Shell(string script)
    {
        SpawnedProcess? shell = SpawnedProcess.Start("sh", ["-c", script], new Dictionary<string, string>(StringComparer.Ordinal) { ["LC_ALL"] = "C" });
        Assert.NotNull(shell);
        return shell;
    }
}
