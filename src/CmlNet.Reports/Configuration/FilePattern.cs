using System.IO.Enumeration;

namespace CmlNet.Reports.Configuration;

/// <summary>Files by pattern: <c>*</c> and <c>?</c> within a name, <c>**</c> across folders. Links to folders are not followed, hidden folders only when named.</summary>
internal static class FilePattern
{
    private const int MostFiles = 2_000;

    public static bool IsPattern(string pattern) => pattern.AsSpan().ContainsAny('*', '?');

    /// <summary>Matching files relative to the folder, with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Match(string directory, string pattern)
    {
        if (!IsPattern(pattern))
            return File.Exists(Path.GetFullPath(pattern, directory)) ? [pattern] : [];
        var found = new SortedSet<string>(StringComparer.Ordinal);
        string[] parts = pattern.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        Walk(new DirectoryInfo(pattern.StartsWith('/') ? "/" : directory), "", parts, found);
        return [.. pattern.StartsWith('/') ? found.Select(path => "/" + path) : found];
    }

    private static void Walk(DirectoryInfo folder, string prefix, ReadOnlySpan<string> parts, SortedSet<string> found)
    {
        if (found.Count >= MostFiles || !folder.Exists)
            return;
        string part = parts[0];
        if (part is "." or "..")
        {
            if (parts.Length > 1)
                Walk(new DirectoryInfo(Path.Combine(folder.FullName, part)), prefix + part + "/", parts[1..], found);
            return;
        }

        if (part == "**")
        {
            Walk(folder, prefix, parts.Length == 1 ? new[] { "*" } : parts[1..], found);
            foreach (DirectoryInfo inner in Inner(folder).Where(inner => inner.Name[0] != '.'))
                Walk(inner, prefix + inner.Name + "/", parts, found);
        }
        else if (parts.Length == 1)
        {
            var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Directory };
            foreach (FileInfo file in folder.EnumerateFiles("*", options).Where(file => FileSystemName.MatchesSimpleExpression(part, file.Name, ignoreCase: false)))
                found.Add(prefix + file.Name);
        }
        else
        {
            foreach (DirectoryInfo inner in Inner(folder).Where(inner => FileSystemName.MatchesSimpleExpression(part, inner.Name, ignoreCase: false)))
                Walk(inner, prefix + inner.Name + "/", parts[1..], found);
        }
    }

    private static IEnumerable<DirectoryInfo> Inner(DirectoryInfo folder) =>
        folder.EnumerateDirectories("*", new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint });
}
