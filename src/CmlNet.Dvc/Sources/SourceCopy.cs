using System.IO.Enumeration;
using CmlNet.Dvc.Data;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Sources;

/// <summary>Copies what another project has: data from a cache, files of git from its clone.</summary>
internal static class SourceCopy
{
    /// <summary>Copies data of a cache.</summary>
    /// <param name="id">What.</param>
    /// <param name="part">Of a folder, this part; "" for all.</param>
    /// <param name="cache">Where it is.</param>
    /// <param name="top">The folder to stay below.</param>
    /// <param name="target">Where to.</param>
    /// <param name="path">For messages.</param>
    /// <exception cref="DvcException">There is no such part, or a link leads out of <paramref name="top"/>.</exception>
    public static void Export(ObjectId id, string part, ObjectStore cache, string top, string target, string path)
    {
        if (LinkWalk.FollowWithin(top, target) is null)
            throw new DvcException($"'{path}' is not written: a link leads from {target} out of {top}. Put a folder in its place.");
        if (!id.IsDirectory)
        {
            Copy(cache.PathOf(id), target);
            return;
        }

        var folders = new TargetFolders(top);

        List<KeyValuePair<string, string>> files = [.. cache.Listing(id).Files.Where(file => RelativePath.IsWithin(file.Key, part))];
        if (files.Count == 0 && part.Length > 0)
            throw new DvcException($"The path '{path}' does not exist in the target repository");
        List<(ObjectId Id, string Target)> copies = [.. files.Select(file => (ObjectId.Parse(file.Value, id.IsLegacy), file.Key == part ? target : Path.Combine(target, part.Length == 0 ? file.Key : file.Key[(part.Length + 1)..])))];
        // Before anything is written.
        foreach ((_, string copy) in copies.Where(copy => copy.Target != target))
            folders.Check(copy);
        Directory.CreateDirectory(files.Exists(file => file.Key == part) ? Path.GetDirectoryName(target)! : target); // a path to write to has a folder
        foreach ((ObjectId file, string copy) in copies)
            Copy(cache.PathOf(file), copy);
    }

    /// <summary>Copies a file or folder of a clone. A link to a file becomes that file; one to a folder stays a link, when it leads to what is copied.</summary>
    /// <exception cref="DvcException">A link leads out of the clone, or out of what is copied.</exception>
    public static void CopyTree(string clone, string source, string target)
    {
        string start = End(clone, source);
        if (File.Exists(start))
        {
            Copy(start, target);
            return;
        }

        // Of a folder its data is wanted, as DVC has it: its own files stay where they are.
        var links = new List<string>();
        List<string> entries = [.. Entries(start).Where(entry => !IsOwn(Path.GetRelativePath(start, entry)))];
        var folders = new TargetFolders(target);
        foreach (string entry in entries)
            folders.Check(Path.Combine(target, Path.GetRelativePath(start, entry)));
        foreach (string entry in entries)
        {
            string name = Path.GetRelativePath(start, entry), end = new FileInfo(entry).LinkTarget is null ? entry : End(clone, entry);
            if (File.Exists(end))
                Copy(end, Path.Combine(target, name));
            else
                links.Add(name);
        }

        CopyLinks(start, links, target);
    }

    /// <summary>Files and links below a folder; links are not gone into.</summary>
    public static IEnumerable<string> Entries(string folder) =>
        new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory || entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };

    // What lies elsewhere on this machine is not the repository's to give, nor what git and DVC keep beside it: addresses and passwords.
    private static string End(string clone, string path)
    {
        string named = Path.GetRelativePath(clone, path);
        if (LinkWalk.FollowWithin(clone, path) is not { } inside || (inside != named && Array.Exists(inside.Split(Path.DirectorySeparatorChar), part => SafePath.IsGitFolder(part) || SafePath.IsDvcFolder(part))))
            throw new DvcException($"'{named}' of the target repository is a link that leads out of it, and is not read. Take another path, or ask its owner to put the data itself there.");
        return Path.Combine(LinkWalk.Follow(clone)!, inside); // could be followed
    }

    // Where they lead is known when all are there: one may go through another.
    private static void CopyLinks(string source, List<string> names, string target)
    {
        foreach (string name in names)
        {
            string link = Path.Combine(target, name);
            Directory.CreateDirectory(Path.GetDirectoryName(link)!); // below the target
            File.Delete(link);
            File.CreateSymbolicLink(link, new FileInfo(Path.Combine(source, name)).LinkTarget!); // they are links
        }

        if (names.Find(name => LinkWalk.FollowWithin(target, Path.Combine(target, name)) is null) is not { } leaving)
            return;
        names.ForEach(name => File.Delete(Path.Combine(target, name)));
        throw new DvcException($"'{leaving}' is a link that leads out of what is copied. Take a folder that has both, or ask the owner of the target repository to put the data itself there.");
    }

    private static bool IsOwn(string path)
    {
        string[] parts = path.Split('/');
        return parts.Contains(".git", StringComparer.Ordinal) || parts.Contains(".dvc", StringComparer.Ordinal) || parts[^1] is "dvc.yaml" or ".dvcignore" || parts[^1].EndsWith(".dvc", StringComparison.Ordinal);
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!); // a path to write to has a folder
        string temporary = FileLinker.TemporaryName(target);
        File.Copy(source, temporary);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(temporary) | UnixFileMode.UserWrite);
        File.Move(temporary, target, overwrite: true);
    }
}
