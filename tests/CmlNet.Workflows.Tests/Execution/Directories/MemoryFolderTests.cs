using CmlNet.Containers;
using CmlNet.Workflows.Execution.Directories;

namespace CmlNet.Workflows.Tests.Execution.Directories;

public sealed class MemoryFolderTests
{
    private static readonly EngineInfo Engine = new() { Name = "Docker", Version = "1", Endpoint = "unix:///x", OperatingSystem = "linux", Architecture = "x86_64", IsOnThisMachine = true };

    [SkippableFact]
    public void TryCreate_EngineOnThisMachine_IsInMemoryAndRunsScripts()
    {
        using OwnedFolder? folder = MemoryFolder.TryCreate(Engine);
        Skip.If(folder is null, "No /dev/shm here that files may be run from.");
        string script = Path.Combine(folder.Path, "script");
        File.WriteAllText(script, "#!/bin/sh\nexit 7\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var process = System.Diagnostics.Process.Start(script);
        process.WaitForExit();
        Assert.Equal(7, process.ExitCode);
        Assert.Equal("tmpfs", new DriveInfo(folder.Path).DriveFormat);
    }

    [Fact]
    public void TryCreate_EngineElsewhere_IsNone() => Assert.Null(MemoryFolder.TryCreate(Engine with { IsOnThisMachine = false }));
}
