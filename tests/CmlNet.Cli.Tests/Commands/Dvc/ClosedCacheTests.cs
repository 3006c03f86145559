namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>A cache that may only be read.</summary>
public sealed class ClosedCacheTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>What is there may be used by all; who may not write is told where, and what else to do.</summary>
    [Fact]
    public async Task Add_CacheThatCannotBeWritten_SaysWhatToDo()
    {
        List<string> caches = [];
        if (OperatingSystem.IsLinux())
            caches.Add("/sys/kernel"); // where not even root makes files
        if (!OperatingSystem.IsWindows() && !Environment.IsPrivilegedProcess)
        {
            caches.Add(Directory.CreateDirectory(_folder.Beside("closed/files/md5/8f")).Parent!.Parent!.Parent!.FullName); // made in the line before
            File.SetUnixFileMode(_folder.Beside("closed/files/md5/8f"), (UnixFileMode)0b101_101_101);
        }

        foreach (string cache in caches)
        {
            _folder.Write("f", "f");
            await _folder.OkAsync("config", "cache.dir", cache);
            Assert.Equal(255, await _folder.RunAsync("add", "-f", "f"));
            Assert.Contains($"ERROR: new data cannot be put into the cache {cache}: {cache}", _folder.Error, StringComparison.Ordinal);
            Assert.Contains("use another cache for this copy of the project: dvc cache dir --local FOLDER", _folder.Error, StringComparison.Ordinal);
            Assert.Equal("f", _folder.Read("f"));
        }
    }
}
