using System.Text;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Dvc.Tests.Experiments;

public sealed class DataRevisionTests : IDisposable
{
    private const string Hash = "0123456789abcdef0123456789abcdef";
    private readonly string _root = Directory.CreateTempSubdirectory("cml-data-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>More than fits into memory at once; only the length takes room on the disk here.</summary>
    [Fact]
    public void Length_OfALargeFileInAFolder_IsTakenFromItsObject()
    {
        const long Large = 3L << 30;
        byte[] list = Encoding.UTF8.GetBytes($"[{{\"md5\": \"{Hash}\", \"relpath\": \"model\"}}]");
        string folder = FileHash.Compute(list);
        Write(".dvc/config", "[core]\n    no_scm = true\n"u8);
        Write("data.dvc", Encoding.UTF8.GetBytes($"outs:\n- md5: {folder}.dir\n  hash: md5\n  path: data\n"));
        Write($".dvc/cache/files/md5/{folder[..2]}/{folder[2..]}.dir", list);
        string file = Write($".dvc/cache/files/md5/{Hash[..2]}/{Hash[2..]}", []);
        using (FileStream model = File.OpenWrite(file))
            model.SetLength(Large);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        DataRevision revision = Open();
        Assert.Equal((Large, null), (revision.Length("data/model"), revision.Length("data/other")));
        Assert.Null(revision.Missing("data/model"));
        File.Delete(file);
        Assert.Null(revision.Length("data/model"));
        Assert.Equal("model", revision.Missing("data/model")?.Output.Part);
    }

    private DataRevision Open()
    {
        var project = DvcProject.Open(_root, new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = _root, ["DVC_SYSTEM_CONFIG_DIR"] = _root }, TimeProvider.System);
        return new DataRevision(new WorkspaceRevision(_root), _ => project);
    }

    private string Write(string name, ReadOnlySpan<byte> content)
    {
        string path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // below the root
        File.WriteAllBytes(path, content);
        return path;
    }
}
