using System.Diagnostics.CodeAnalysis;

namespace CmlNet.Workflows.Execution.Commands;

/// <summary>One command in a line of output: <c>::name key=value,key=value::data</c>, or the old <c>##[name key=value;…]data</c>.</summary>
internal sealed record WorkflowCommand
{
    private const string Mark = "::";
    private const string LegacyMark = "##[";

    /// <summary>As written; names compare ignoring case.</summary>
    public required string Name { get; init; }

    /// <summary>Unescaped; keys compare ignoring case, empty values are left out.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>Unescaped: may hold line ends.</summary>
    public required string Data { get; init; }

    /// <summary>Reads a command. A name that is not registered makes the line ordinary output.</summary>
    /// <param name="registered">Names in force; must compare ignoring case.</param>
    public static bool TryParse(string line, IReadOnlySet<string> registered, [NotNullWhen(true)] out WorkflowCommand? command)
    {
        command = ParseCurrent(line, registered) ?? ParseLegacy(line, registered);
        return command is not null;
    }

    public string? Property(string name) => Properties.TryGetValue(name, out string? value) ? value : null;

    private static WorkflowCommand? ParseCurrent(string line, IReadOnlySet<string> registered)
    {
        string text = line.TrimStart();
        if (!text.StartsWith(Mark, StringComparison.Ordinal))
            return null;
        int end = text.IndexOf(Mark, Mark.Length, StringComparison.Ordinal);
        if (end < 0)
            return null;

        string head = text[Mark.Length..end];
        int space = head.IndexOf(' ', StringComparison.Ordinal);
        string name = space < 0 ? head : head[..space];
        if (!registered.Contains(name))
            return null;
        return new WorkflowCommand
        {
            Name = name,
            Properties = ReadProperties(space <= 0 ? "" : head[(space + 1)..].Trim(), ',', CommandEscapes.Property),
            Data = CommandEscapes.Data(text[(end + Mark.Length)..]),
        };
    }

    private static WorkflowCommand? ParseLegacy(string line, IReadOnlySet<string> registered)
    {
        int start = line.IndexOf(LegacyMark, StringComparison.Ordinal);
        int end = start < 0 ? -1 : line.IndexOf(']', start);
        if (end < 0)
            return null;

        string head = line[(start + LegacyMark.Length)..end];
        int space = head.IndexOf(' ', StringComparison.Ordinal);
        string name = space < 0 ? head : head[..space];
        if (!registered.Contains(name))
            return null;
        return new WorkflowCommand
        {
            Name = name,
            Properties = ReadProperties(space <= 0 ? "" : head[(space + 1)..], ';', CommandEscapes.Legacy),
            Data = CommandEscapes.Legacy(line[(end + 1)..]),
        };
    }

    private static Dictionary<string, string> ReadProperties(string text, char separator, Func<string, string> unescape)
    {
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string part in text.Split(separator, StringSplitOptions.RemoveEmptyEntries))
        {
            // Empty pieces are removed before the count is taken, so "=v" and "k=" carry nothing.
            string[] pair = part.Split('=', 2, StringSplitOptions.RemoveEmptyEntries);
            if (pair.Length == 2)
                properties[pair[0]] = unescape(pair[1]);
        }

        return properties;
    }
}
