using CmlNet.Runner.Configuration;
using CmlNet.Runner.Daemon;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>What the daemon does to files and folders that were there before it.</summary>
public sealed class DaemonFolderTests
{
    [Fact]
    public async Task Run_FolderIsThereAndOpenToAll_IsClosedToOthers()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        string data = Path.Combine(scene.Folder, "data");
        Directory.CreateDirectory(data);
        File.SetUnixFileMode(data, (UnixFileMode)0b111_101_101);
        await scene.StartDaemonAsync();
        Assert.Equal((UnixFileMode)0b111_101_000, File.GetUnixFileMode(data));
        Assert.Equal((UnixFileMode)0b110_000_000, File.GetUnixFileMode(Path.Combine(data, "runner.sock")));
    }

    [Theory]
    [InlineData(null, 0b111_000_000)]
    [InlineData(0b111_111_000, 0b111_111_000)]
    public void Lock_Folder_IsMadeForTheUserAloneAndOtherwiseLeftAsItIs(int? before, int after)
    {
        string data = Path.Combine(Directory.CreateTempSubdirectory("cml-lock-").FullName, "data");
        if (before is { } mode)
        {
            Directory.CreateDirectory(data);
            File.SetUnixFileMode(data, (UnixFileMode)mode);
        }

        using (DaemonLock.Take(data))
            Assert.Equal((UnixFileMode)after, File.GetUnixFileMode(data));
        Directory.Delete(Path.GetDirectoryName(data)!, recursive: true); // made above
    }

    [Fact]
    public async Task Run_SocketsPathIsAFile_LeavesItAlone()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        string file = Path.Combine(scene.Folder, "precious");
        await File.WriteAllTextAsync(file, "kept");
        var daemon = new RunnerDaemon(scene.Configure() with { SocketPath = file }, new DaemonSurroundings { Version = "1", Engine = scene.Engine, Host = scene.Host, Variable = _ => "ghp_test" });
        // Held by somebody, it cannot be opened either.
        foreach (FileShare share in new[] { FileShare.ReadWrite, FileShare.None })
        {
            using FileStream held = new(file, FileMode.Open, FileAccess.ReadWrite, share);
            RunnerConfigurationException exception = await Assert.ThrowsAsync<RunnerConfigurationException>(() => daemon.RunAsync(CancellationToken.None, CancellationToken.None));
            Assert.Contains("is a file, and not a socket", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal("kept", await File.ReadAllTextAsync(file));
    }
}
