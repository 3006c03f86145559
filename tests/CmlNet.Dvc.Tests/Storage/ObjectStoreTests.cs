using System.Runtime.Versioning;
using CmlNet.Dvc.Remotes;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Tests.Storage;

public sealed class ObjectStoreTests : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("cml-store-").FullName;
    private readonly ObjectId _id = ObjectId.Parse("acbd18db4cc2f85cedef654fccc4a4d8", isLegacy: false);

    public void Dispose() => Directory.Delete(_top, recursive: true);

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void AddCopy_SharedStore_OpensToTheGroupWhatItMakesAndNothingElse()
    {
        string root = Path.Combine(_top, "cache"), theirs = Path.Combine(root, "files");
        const UnixFileMode Group = UnixFileMode.SetGroup | (UnixFileMode)0b111_111_101, Own = (UnixFileMode)0b111_101_101;
        Directory.CreateDirectory(theirs, Own);
        File.WriteAllText(Path.Combine(_top, "a"), "foo");
        var store = new ObjectStore(root, isShared: true);
        Assert.True(store.AddCopy(_id, Path.Combine(_top, "a"), shares: false, isKnown: false));
        using (PartialFile.Open(store, _id))
            Assert.Equal(Group, File.GetUnixFileMode(Path.Combine(root, ObjectStore.PartialFolder)));
        Assert.Equal((Own, Group, Group), (File.GetUnixFileMode(theirs), File.GetUnixFileMode(Path.Combine(theirs, "md5")), File.GetUnixFileMode(Path.Combine(theirs, "md5", "ac"))));
    }

    /// <summary>Of two that receive the same, each has a file of its own.</summary>
    [Fact]
    public void PartialFile_OpenTwice_AreTwoFiles()
    {
        var store = new ObjectStore(Path.Combine(_top, "cache"));
        using PartialFile one = PartialFile.Open(store, _id), other = PartialFile.Open(store, _id);
        Assert.NotEqual(one.Path, other.Path);
    }

    [Fact]
    public void ParallelWork_Failing_ThrowsWhatFailed() =>
        Assert.Throws<UnauthorizedAccessException>(() => ParallelWork.Run(() => Parallel.For(0, 4, _ => throw new UnauthorizedAccessException())));

    /// <summary>A hard link made now is young, however old the file is that it was made of.</summary>
    [Fact]
    public void LastTouched_OldFileWithANewName_IsNow()
    {
        string file = Path.Combine(_top, "old");
        File.WriteAllText(file, "");
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        Assert.Equal(DateTime.UnixEpoch, FileStatus.LastTouched(new FileInfo(file)));
        Assert.True(FileLinker.TryHardLink(file, file + "2"));
        Assert.NotEqual(DateTime.UnixEpoch, FileStatus.LastTouched(new FileInfo(file)));
    }
}
