using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Configuration;

/// <summary>One configuration file, in the dialect of Python's configobj. Edits leave every other line as it is.</summary>
public sealed class ConfigFile
{
    private readonly List<string> _lines;
    private readonly bool _isOfRepository;

    private ConfigFile(string path, IEnumerable<string> lines, bool isOfRepository) => (Path, _lines, _isOfRepository) = (path, [.. lines], isOfRepository);

    /// <summary>Absolute path; the file need not exist.</summary>
    public string Path { get; }

    /// <summary>Sections in file order, by lower-case name: <c>core</c>, <c>remote "name"</c>. Options are lower-case too.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Sections => Parse();

    /// <summary>Reads it; a file that is not there is empty.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="isOfRepository">It may have come with the repository: what it links to elsewhere is not written.</param>
    public static ConfigFile Read(string path, bool isOfRepository) => new(path, File.Exists(path) ? File.ReadAllLines(path) : [], isOfRepository);

    /// <summary>Sets an option, adding its section where needed.</summary>
    public void Set(string section, string option, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.AsSpan().ContainsAny('\n', '\r'))
            throw new DvcException($"{section}.{option}: a value is one line");
        if (value.Contains('"', StringComparison.Ordinal) && Written(value) != value && value.Contains('\'', StringComparison.Ordinal))
            throw new DvcException($"{section}.{option}: a value cannot have both kinds of quotes");
        string line = $"    {option.ToLowerInvariant()} = {Written(value)}";
        (int header, int at) = Find(section, option);
        if (at >= 0)
            _lines[at] = line;
        else if (header >= 0)
            _lines.Insert(End(header), line);
        else
            _lines.AddRange([$"[{(section.Contains('"', StringComparison.Ordinal) ? $"'{section}'" : section)}]", line]);
    }

    /// <summary>Takes an option out; false when it is not there.</summary>
    public bool Unset(string section, string option)
    {
        (int header, int at) = Find(section, option);
        if (at < 0)
            return false;
        _lines.RemoveAt(at);
        if (!_lines.Skip(header + 1).Take(End(header) - header - 1).Any(line => line.Trim().Length > 0))
            _lines.RemoveRange(header, End(header) - header);
        return true;
    }

    /// <summary>Takes a section out; false when it is not there.</summary>
    public bool RemoveSection(string section)
    {
        int header = Find(section, "").Header;
        if (header < 0)
            return false;
        _lines.RemoveRange(header, End(header) - header);
        return true;
    }

    /// <summary>Gives a section another name.</summary>
    public void RenameSection(string section, string name)
    {
        if (Find(section, "").Header is >= 0 and int header)
            _lines[header] = $"['{name}']";
    }

    /// <summary>Writes it in one step.</summary>
    /// <exception cref="DvcException">It is a repository's, and links lead out of that.</exception>
    public void Save()
    {
        if (_isOfRepository)
            new RepositoryBounds(System.IO.Path.GetDirectoryName(Path)!).CheckWritten(Path); // a file has a folder
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!); // a file has a folder
        AtomicFile.Write(Path, string.Concat(_lines.Select(line => line + "\n")));
    }

    private int End(int header)
    {
        int end = header + 1;
        while (end < _lines.Count && Section(_lines[end]) is null)
            end++;
        return end;
    }

    private (int Header, int Option) Find(string section, string option)
    {
        int header = _lines.FindIndex(line => string.Equals(Section(line), section, StringComparison.OrdinalIgnoreCase));
        if (header < 0)
            return (-1, -1);
        int at = _lines.FindIndex(header, End(header) - header, line => string.Equals(Option(line)?.Name, option, StringComparison.OrdinalIgnoreCase));
        return (header, at);
    }

    private Dictionary<string, IReadOnlyDictionary<string, string>> Parse()
    {
        var sections = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        var current = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < _lines.Count; i++)
        {
            if (Section(_lines[i]) is { } name)
                sections[name.ToLowerInvariant()] = current = new Dictionary<string, string>(StringComparer.Ordinal);
            else if (Option(_lines[i]) is { } option)
                current[option.Name.ToLowerInvariant()] = option.Value;
            else if (_lines[i].Trim() is { Length: > 0 } line && line[0] != '#')
                throw new DvcException($"{Path}:{i + 1}: this line is neither a section nor 'option = value'; see 'dvc config --help'"); // the line may be a secret
        }

        return sections;
    }

    private static string? Section(string line)
    {
        string text = line.Trim();
        if (!text.StartsWith('[') || text.LastIndexOf(']') is not (> 0 and int end))
            return null;
        return Unquoted(text[1..end].Trim());
    }

    private static (string Name, string Value)? Option(string line)
    {
        string text = line.Trim();
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals <= 0 || text[0] is '#' or '[' ? null : (Unquoted(text[..equals].Trim()), Value(text[(equals + 1)..].Trim()));
    }

    // Outside quotes " #" begins a comment.
    private static string Value(string text)
    {
        if (text.Length > 0 && text[0] is '"' or '\'' && text.IndexOf(text[0], 1) is > 0 and int end)
            return text[1..end];
        int comment = text.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? text : text[..comment].TrimEnd();
    }

    private static string Unquoted(string text) => text.Length > 1 && text[0] is '"' or '\'' && text[^1] == text[0] ? text[1..^1] : text;

    private static string Written(string value) => value.Length > 0 && !value.AsSpan().ContainsAny(",#'\"") && value.Trim() == value ? value : value.Contains('"', StringComparison.Ordinal) ? $"'{value}'" : $"\"{value}\"";
}
