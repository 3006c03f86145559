using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Pipelines;

/// <summary>Changes single stages of a <c>dvc.yaml</c>, line by line, so that everything else, comments too, stays as the user wrote it.</summary>
public static class PipelineEditor
{
    /// <summary>Whether a stage may be called that: no ASCII punctuation except <c>-</c> and <c>_</c>.</summary>
    public static bool IsName(string name) => StageSyntax.IsName(name);

    /// <summary>Takes stages out; a file without any other content is deleted.</summary>
    /// <exception cref="DvcException">The stages are not written as a block, one under the other.</exception>
    public static void Remove(string file, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        List<string> lines = ReadLines(file);
        foreach (string name in names)
        {
            (int start, int end) = Find(lines, name, file);
            lines.RemoveRange(start, end - start);
        }

        int header = lines.FindIndex(IsHeader);
        if (Children(lines, header).Count == 0)
            lines.RemoveAt(header);
        if (lines.All(line => line.Trim().Length == 0))
            File.Delete(file);
        else
            Write(file, lines, names);
    }

    /// <summary>Adds a stage, or replaces the one of that name where it stands.</summary>
    public static void Set(string file, string name, DvcValue definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        List<string> lines = File.Exists(file) ? ReadLines(file) : [];
        int header = lines.FindIndex(IsHeader);
        if (header < 0)
        {
            lines.Add("stages:");
            header = lines.Count - 1;
        }
        else
        {
            lines[header] = "stages:"; // `stages: {}` holds none
        }

        List<(string Name, int Start, int End)> children = Children(lines, header);
        int indent = children.Count > 0 ? Indent(lines[children[0].Start]) : 2;
        IEnumerable<string> text = YamlText.Write(DvcValue.Of([KeyValuePair.Create(name, definition)])).TrimEnd('\n').Split('\n').Select(line => new string(' ', indent) + line);
        (string? found, int start, int end) = children.Find(child => child.Name == name);
        if (found is not null)
            lines.RemoveRange(start, end - start);
        lines.InsertRange(found is not null ? start : children.Count > 0 ? children[^1].End : header + 1, text);
        Write(file, lines, [name]);
    }

    /// <summary>Sets or takes out one simple key of a stage.</summary>
    /// <param name="file">Absolute path.</param>
    /// <param name="name">The stage.</param>
    /// <param name="key">Such as <c>frozen</c>.</param>
    /// <param name="value">Null takes it out.</param>
    public static void SetKey(string file, string name, string key, DvcValue? value)
    {
        List<string> lines = ReadLines(file);
        (int start, int end) = Find(lines, name, file);
        int first = Enumerable.Range(start + 1, Math.Max(0, end - start - 1)).FirstOrDefault(i => IsContent(lines[i]), -1);
        if (first < 0)
            throw new DvcException($"{file}: stage '{name}' is not written as a block; change it by hand");
        string indent = new(' ', Indent(lines[first]));
        int at = lines.FindIndex(start + 1, end - start - 1, line => line.StartsWith($"{indent}{key}:", StringComparison.Ordinal));
        if (at >= 0)
            lines.RemoveAt(at);
        if (value is not null)
            lines.Insert(at >= 0 ? at : end, $"{indent}{key}: {YamlText.Scalar(value)}");
        Write(file, lines, [name]);
    }

    private static List<string> ReadLines(string file) => [.. File.ReadAllText(file).TrimEnd('\n').Split('\n')];

    // Lines were moved without understanding all of YAML, so the result is read: everything else must say what it said.
    private static void Write(string file, List<string> lines, IReadOnlyList<string> changed)
    {
        new RepositoryBounds(Path.GetDirectoryName(file)!).CheckWritten(file); // a file has a folder
        string text = string.Join('\n', lines).TrimEnd('\n') + "\n";
        if (File.Exists(file) && Others(File.ReadAllText(file), changed) != Others(text, changed))
            throw new DvcException($"{file} is written in a way in which single stages cannot be changed, such as with brackets. Write 'stages:' as a block, one stage under the other, or change it by hand.");
        AtomicFile.Write(file, text);
    }

    private static string? Others(string text, IReadOnlyList<string> changed)
    {
        try
        {
            return string.Join('\n', YamlValueReader.ReadProject(text).Entries.SelectMany(entry => entry.Key != "stages" ? [entry] : entry.Value.Entries.Where(stage => !changed.Contains(stage.Key, StringComparer.Ordinal)))
                .Select(entry => PythonText.Json(DvcValue.Of([entry]), sortKeys: false)));
        }
        catch (DvcFormatException)
        {
            return null;
        }
    }

    private static bool IsHeader(string line) => line.StartsWith("stages:", StringComparison.Ordinal);

    private static bool IsContent(string line) => line.TrimStart() is { Length: > 0 } text && text[0] != '#';

    private static int Indent(string line) => line.Length - line.TrimStart(' ').Length;

    private static (int Start, int End) Find(List<string> lines, string name, string file)
    {
        (string? found, int start, int end) = Children(lines, lines.FindIndex(IsHeader)).Find(child => child.Name == name);
        return found is null ? throw new DvcException($"{file}: stage '{name}' is not found as a block under 'stages:'; change it by hand") : (start, end);
    }

    // A stage ends before the comments that belong to what follows it.
    private static List<(string Name, int Start, int End)> Children(List<string> lines, int header)
    {
        var children = new List<(string Name, int Start, int End)>();
        int indent = -1;
        for (int i = header + 1; header >= 0 && i < lines.Count; i++)
        {
            if (!IsContent(lines[i]))
                continue;
            int at = Indent(lines[i]);
            if (at == 0)
                break;
            if (indent < 0)
                indent = at;
            if (at == indent)
                children.Add((lines[i].Trim().Split(':')[0].Trim('"', '\''), i, i + 1));
            else if (children.Count > 0)
                children[^1] = children[^1] with { End = i + 1 };
        }

        return children;
    }
}
