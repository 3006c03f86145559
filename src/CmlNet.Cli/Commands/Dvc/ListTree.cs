using CmlNet.Dvc.Sources;
using CmlNet.Dvc.Values;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>Files as a tree of lines, folders with what is in them below.</summary>
internal static class ListTree
{
    /// <param name="output">Where to.</param>
    /// <param name="files">With their whole paths.</param>
    /// <param name="depth">Folders deep.</param>
    /// <param name="columns">What stands before each name; of folders, null is asked for.</param>
    public static void Write(TextWriter output, IReadOnlyList<ListedFile> files, int depth, Func<ListedFile?, string> columns)
    {
        output.Write(columns(null) + ".\n");
        Write(output, [.. files.Select(file => (file, Parts: file.Path.Split('/')))], 0, depth, "", columns);
    }

    private static void Write(TextWriter output, List<(ListedFile File, string[] Parts)> files, int at, int depth, string indent, Func<ListedFile?, string> columns)
    {
        var groups = files.GroupBy(file => file.Parts[at], StringComparer.Ordinal).OrderBy(group => group.Key, CodePointComparer.Instance).ToList();
        foreach ((int index, var group) in groups.Index())
        {
            bool isLast = index == groups.Count - 1;
            ListedFile? file = group.FirstOrDefault(item => item.Parts.Length == at + 1).File;
            output.Write($"{columns(file)}{indent}{(isLast ? "└── " : "├── ")}{group.Key}\n");
            List<(ListedFile File, string[] Parts)> inner = [.. group.Where(item => item.Parts.Length > at + 1)];
            if (inner.Count > 0 && at + 1 < depth)
                Write(output, inner, at + 1, depth, indent + (isLast ? "    " : "│   "), columns);
        }
    }
}
