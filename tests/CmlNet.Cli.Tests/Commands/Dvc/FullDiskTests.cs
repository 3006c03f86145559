using System.Diagnostics;

namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>A disk without room: what is there stays whole, nothing half is left, and the message says where room is needed.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly DvcFolder _folder = new();
    private string? _mount;

    public void Dispose()
    {
        if (_mount is not null)
            Mount("umount", _mount);
        _folder.Dispose();
    }

    [SkippableFact]
    public async Task Add_DiskFull_LeavesNothingHalf()
    {
        string cache = Directory.CreateDirectory(_folder.Beside("small")).FullName;
        Skip.IfNot(OperatingSystem.IsLinux() && Mount("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", cache) == 0, "a file system cannot be mounted here; it takes root");
        _mount = cache;
        await _folder.OkAsync("config", "cache.dir", cache);
        _folder.Write("small", new string('s', 1000));
        await _folder.OkAsync("add", "small");
        _folder.Write("large", new string('l', 400_000));
        Assert.Equal(255, await _folder.RunAsync("add", "large"));
        Assert.Contains($"{cache}/files/md5/", _folder.Error, StringComparison.Ordinal);
        Assert.Contains("Make room there", _folder.Error, StringComparison.Ordinal);
        Assert.False(_folder.Exists("large.dvc"));
        Assert.Single(Directory.GetFiles(cache, "*", SearchOption.AllDirectories));
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
    }

    [SkippableFact]
    public async Task Pull_DiskFull_SaysSoAndGoesOnWhenThereIsRoom()
    {
        _folder.Write("large", new string('l', 400_000));
        await _folder.OkAsync("remote", "add", "-d", "store", _folder.Beside("store"));
        await _folder.OkAsync("add", "large");
        await _folder.OkAsync("push");
        File.Delete(_folder.PathOf("large"));
        string cache = Directory.CreateDirectory(_folder.Beside("small")).FullName;
        Skip.IfNot(OperatingSystem.IsLinux() && Mount("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", cache) == 0, "a file system cannot be mounted here; it takes root");
        _mount = cache;
        await _folder.OkAsync("config", "cache.dir", cache);
        Assert.Equal(255, await _folder.RunAsync("pull"));
        Assert.Contains("Make room there", _folder.Error, StringComparison.Ordinal);
        Assert.Contains(cache, _folder.Error, StringComparison.Ordinal);
        Assert.Equal(0, Mount("mount", "-o", "remount,size=2m", cache));
        await _folder.OkAsync("pull");
        Assert.Equal(400_000, _folder.Read("large").Length);
    }

    private static int Mount(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!; // only null when a process is reused
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
