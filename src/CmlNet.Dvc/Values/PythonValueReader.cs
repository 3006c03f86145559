using System.Text.RegularExpressions;

namespace CmlNet.Dvc.Values;

/// <summary>
/// Parameters of a Python file: assignments of literals in the module, in classes, and to <c>self</c> in their
/// <c>__init__</c>. Nothing is run; what is no literal is passed over.
/// </summary>
public static partial class PythonValueReader
{
    /// <exception cref="DvcFormatException">A text is not closed.</exception>
    public static DvcValue Read(string text) => Read(text, null);

    /// <summary>As above, telling where each value begins and ends.</summary>
    internal static DvcValue Read(string text, Action<IReadOnlyList<string>, int, int>? found)
    {
        ArgumentNullException.ThrowIfNull(text);
        var root = new OrderedDictionary<string, DvcValue>(StringComparer.Ordinal);
        OrderedDictionary<string, DvcValue>? members = null;
        string name = "";
        int classIndent = -1, functionIndent = -1;
        bool isConstructor = false;
        var scanner = new LiteralScanner(text, isPython: true);
        for (; !scanner.IsAtEnd; scanner.SkipLine(), scanner.At++)
        {
            Match line = Line().Match(text, scanner.At);
            if (!line.Success || line.Groups["rest"].Length == 0)
                continue;
            int indent = line.Groups["indent"].Length;
            if (functionIndent >= 0 && indent <= functionIndent)
                functionIndent = -1;
            if (classIndent >= 0 && indent <= classIndent)
            {
                Close(root, name, members);
                (classIndent, members) = (-1, null);
            }

            if (line.Groups["class"].Success && functionIndent < 0)
            {
                (classIndent, name, members) = (indent, line.Groups["class"].Value, new OrderedDictionary<string, DvcValue>(StringComparer.Ordinal));
            }
            else if (line.Groups["def"].Success)
            {
                (functionIndent, isConstructor) = (indent, line.Groups["def"].Value == "__init__");
            }
            else if (line.Groups["key"].Success && (functionIndent < 0) != line.Groups["self"].Success && (functionIndent < 0 || isConstructor) && (indent == 0 || members is not null))
            {
                scanner.At = line.Index + line.Length;
                string key = line.Groups["key"].Value;
                if (scanner.ReadValue() is not { } value)
                    continue;
                (members ?? root)[key] = value;
                found?.Invoke(members is null ? [key] : [name, key], line.Index + line.Length, scanner.At);
            }
        }

        Close(root, name, members);
        return DvcValue.Of([.. root]);
    }

    private static void Close(OrderedDictionary<string, DvcValue> root, string name, OrderedDictionary<string, DvcValue>? members)
    {
        if (members is { Count: > 0 })
            root[name] = DvcValue.Of([.. members]);
    }

    [GeneratedRegex(@"\G(?<indent>[ \t]*)(?<rest>class[ ]+(?<class>\w+)|def[ ]+(?<def>\w+)|(?<self>self\.)?(?<key>[A-Za-z_]\w*)[ ]*(:[^=\n]+)?=(?!=)[ ]*)?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Line();
}
