using System.Diagnostics;
using System.Globalization;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Directories;

namespace CmlNet.Workflows.Tests.Execution.Directories;

public sealed class OwnedFolderTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("cml-owned-").FullName;

    [SkippableFact]
    public void Create_IsForThisUserAlone_AndGoneInTheEnd()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such modes.");
        string path;
        using (var folder = OwnedFolder.Create(_parent))
        {
            path = folder.Path;
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
            Directory.CreateDirectory(Path.Combine(path, "deep"));
            File.WriteAllText(Path.Combine(path, "deep", "file"), "");
            OwnedFolder.RemoveLeftovers(_parent);
            Assert.True(Directory.Exists(path), "its owner lives");
        }
        Assert.False(Directory.Exists(path));
    }

    [SkippableFact]
    public void RemoveLeftovers_InASharedPlace_TakesOnlyWhatAKilledRunLeft()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Needs links and /proc.");
        string outside = Directory.CreateDirectory(Path.Combine(_parent, "outside")).FullName;
        string dead = Leave("cml-dead", DeadOwner());
        string[] kept =
        [
            outside,
            Leave("cml-living", OwnerLabel.Current),
            Leave("other-dead", DeadOwner()),
            Leave("cml-unnamed", null),
            Leave("cml-strange", new string('x', 5000)),
        ];
        File.WriteAllText(Path.Combine(outside, "owner"), DeadOwner());
        Directory.CreateSymbolicLink(Path.Combine(_parent, "cml-link"), outside);
        File.CreateSymbolicLink(Path.Combine(Leave("cml-linked-owner", null), "owner"), Path.Combine(outside, "owner"));

        OwnedFolder.RemoveLeftovers(_parent);
        Assert.False(Directory.Exists(dead));
        Assert.All(kept, folder => Assert.True(Directory.Exists(folder), folder));
        Assert.True(File.Exists(Path.Combine(outside, "owner")));
        Assert.True(Directory.Exists(Path.Combine(_parent, "cml-linked-owner")));
    }

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private string Leave(string name, string? owner)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_parent, name)).FullName;
        if (owner is not null)
            File.WriteAllText(Path.Combine(folder, "owner"), owner);
        return folder;
    }

    /// <summary>A process that is over, as the label names processes.</summary>
    private static string DeadOwner()
    {
        using Process ended = Process.Start("true");
        ended.WaitForExit();
        string[] parts = OwnerLabel.Current.Split('/');
        parts[2] = ended.Id.ToString(CultureInfo.InvariantCulture);
        return string.Join('/', parts);
    }
}
