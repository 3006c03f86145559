using CmlNet.Cli.Tests.Packaging;

namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>A tmpfs of its own; only root may mount one.</summary>
internal sealed class TemporaryFileSystem : IAsyncDisposable
{
    private TemporaryFileSystem(string path) => Path = path;

    public string Path { get; }

    /// <summary>Skips the calling test where it cannot be mounted.</summary>
    public static async Task<TemporaryFileSystem> MountAsync(string options)
    {
        string path = Directory.CreateTempSubdirectory("cml-tmpfs-").FullName;
        ProcessResult mounted = await ProcessResult.OfAsync("mount", ["-t", "tmpfs", "-o", options, "cml-test", path]);
        if (mounted.ExitCode != 0)
            Directory.Delete(path);
        Skip.If(mounted.ExitCode != 0, $"A tmpfs cannot be mounted here: {mounted.Error.Trim()}");
        return new TemporaryFileSystem(path);
    }

    public async Task RemountAsync(string options)
    {
        ProcessResult result = await ProcessResult.OfAsync("mount", ["-o", $"remount,{options}", Path]);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    public async ValueTask DisposeAsync()
    {
        await ProcessResult.OfAsync("umount", [Path]);
        Directory.Delete(Path);
    }
}
