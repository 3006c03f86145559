using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Data;

/// <summary>The <c>.gitignore</c> lines that keep tracked data out of git, one beside each output.</summary>
internal static class GitIgnoreFile
{
    /// <summary>Adds the line for an output; returns the file when it changed.</summary>
    public static string? Add(DvcProject project, string output)
    {
        if (project.Repository is null || output.StartsWith('/'))
            return null;
        string file = FileFor(output);
        string full = project.FullPath(file);
        string line = "/" + Escaped(RelativePath.Name(output));
        string text = File.Exists(full) ? File.ReadAllText(full) : "";
        if (text.Split('\n').Contains(line, StringComparer.Ordinal))
            return null;
        if (text.Length > 0 && !text.EndsWith('\n'))
            text += "\n";
        AtomicFile.WriteOwn(full, text + line + "\n");
        return file;
    }

    /// <summary>Takes the line out; a file that is empty then is deleted.</summary>
    public static void Remove(DvcProject project, string output)
    {
        string full = project.FullPath(FileFor(output));
        if (project.Repository is null || output.StartsWith('/') || !File.Exists(full))
            return;
        string line = "/" + Escaped(RelativePath.Name(output));
        string[] lines = File.ReadAllText(full).Split('\n');
        string[] kept = [.. lines.Where(other => other != line)];
        if (kept.Length == lines.Length)
            return;
        if (kept.All(other => other.Length == 0))
            File.Delete(full);
        else
            AtomicFile.WriteOwn(full, string.Join('\n', kept));
    }

    private static string FileFor(string output) => RelativePath.Join(RelativePath.Folder(output), ".gitignore");

    // A line cannot have an end of line in it; any one character has to do.
    private static string Escaped(string name) => string.Concat(name.Select(c => c is '*' or '?' or '[' or '\\' ? $"\\{c}" : c is '\n' or '\r' ? "?" : c.ToString())) is var text && text.EndsWith(' ') ? text[..^1] + "\\ " : text;
}
