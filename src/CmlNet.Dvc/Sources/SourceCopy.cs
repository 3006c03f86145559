using CmlNet.Dvc.Project;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Sources;

/// <summary>Copies what another project has: data from a cache, files of git from its clone.</summary>
internal static class SourceCopy
{
    public static void Export(ObjectId id, string part, ObjectStore cache, string target, string path)
    {
        if (!id.IsDirectory)
        {
            Copy(cache.PathOf(id), target);
            return;
        }

        List<KeyValuePair<string, string>> files = [.. cache.Listing(id).Files.Where(file => RelativePath.IsWithin(file.Key, part))];
        if (files.Count == 0 && part.Length > 0)
            throw new DvcException($"The path '{path}' does not exist in the target repository");
        Directory.CreateDirectory(files.Exists(file => file.Key == part) ? Path.GetDirectoryName(target)! : target); // a path to write to has a folder
        foreach ((string file, string hash) in files)
            Copy(cache.PathOf(ObjectId.Parse(hash, id.IsLegacy)), file == part ? target : Path.Combine(target, part.Length == 0 ? file : file[(part.Length + 1)..]));
    }

    public static void CopyTree(string source, string target)
    {
        if (File.Exists(source))
        {
            Copy(source, target);
            return;
        }

        // Of a folder its data is wanted, as DVC has it: its own files stay where they are.
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(file => !IsOwn(Path.GetRelativePath(source, file))))
            Copy(file, Path.Combine(target, Path.GetRelativePath(source, file)));
    }

    private static bool IsOwn(string path)
    {
        string[] parts = path.Split('/');
        return parts.Contains(".git", StringComparer.Ordinal) || parts.Contains(".dvc", StringComparer.Ordinal) || parts[^1] is "dvc.yaml" or ".dvcignore" || parts[^1].EndsWith(".dvc", StringComparison.Ordinal);
    }

    // A link in the other repository may lead anywhere on this machine: it is copied as a link.
    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!); // a path to write to has a folder
        if (new FileInfo(source).LinkTarget is { } link)
        {
            File.CreateSymbolicLink(target, link);
            return;
        }

        string temporary = FileLinker.TemporaryName(target);
        File.Copy(source, temporary);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(temporary) | UnixFileMode.UserWrite);
        File.Move(temporary, target, overwrite: true);
    }
}
