using System.IO.Enumeration;
using CmlNet.Dvc.Ignoring;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Data;

/// <summary>The files of a folder, links followed, without what <c>.dvcignore</c> leaves out.</summary>
internal sealed class FolderScan(string root, IgnoreRules ignored)
{
    private const int DeepestFolder = 200;

    /// <summary>Paths relative to the folder, with forward slashes, in no order.</summary>
    /// <param name="folder">Relative to the root.</param>
    /// <exception cref="DvcException">Links in a circle, or an ignore file inside.</exception>
    public List<string> Files(string folder)
    {
        var found = new List<string>();
        Walk(Path.Combine(root, folder), folder, "", 0, found);
        return found;
    }

    private void Walk(string full, string path, string relative, int depth, List<string> found)
    {
        if (depth > DeepestFolder)
            throw new DvcException($"{path} is more than {DeepestFolder} folders deep: a link leads in a circle. Remove it, or name it in .dvcignore.");
        var entries = new FileSystemEnumerable<(string Name, bool IsFolder, bool IsLink)>(
            full, static (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory, entry.Attributes.HasFlag(FileAttributes.ReparsePoint)), new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false });
        foreach ((string name, bool isFolder, bool isLink) in entries)
        {
            if (name == ".dvcignore" && !ignored.IsIgnored(path, isFolder: true))
                throw new DvcException($"{path}/.dvcignore: a .dvcignore file inside tracked data is not supported. Move its lines to one above.");
            bool isDirectory = isFolder || (isLink && Directory.Exists(Path.Combine(full, name)));
            string below = $"{path}/{name}";
            if (ignored.IsIgnored(below, isDirectory))
                continue;
            if (isDirectory)
                Walk(Path.Combine(full, name), below, relative + name + "/", depth + 1, found);
            else
                found.Add(relative + name);
        }
    }
}
