using System.Globalization;
using System.Text;

namespace CmlNet.Dvc.Values;

/// <summary>Writes YAML in the shape of DVC's own files: block maps, lists at the level of their key, text plain where it reads back as itself.</summary>
public static class YamlText
{
    /// <summary>A document whose root is a map.</summary>
    public static string Write(DvcValue root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var text = new StringBuilder();
        WriteMap(text, root, 0);
        return text.ToString();
    }

    /// <summary>One scalar, as it stands after a key. Text of several lines becomes a double-quoted one.</summary>
    public static string Scalar(DvcValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Kind switch
        {
            DvcValueKind.Null => "null",
            DvcValueKind.Boolean => value.Boolean ? "true" : "false",
            DvcValueKind.Integer => value.Integer.ToString(CultureInfo.InvariantCulture),
            DvcValueKind.Number => Number(value.Number),
            _ => Text(value.Text),
        };
    }

    /// <summary>Any value on one line, maps and lists in brackets.</summary>
    internal static string Inline(DvcValue value) => Flow(value);

    private static void WriteMap(StringBuilder text, DvcValue map, int indent, int from = 0)
    {
        for (int i = from; i < map.Entries.Count; i++)
        {
            Indent(text, indent);
            WriteEntry(text, map.Entries[i].Key, map.Entries[i].Value, indent);
        }
    }

    // By single characters: filling is compiled while the program runs, which takes longer than a whole small file.
    private static void Indent(StringBuilder text, int indent)
    {
        for (int i = 0; i < indent; i++)
            text.Append(' ');
    }

    private static void WriteEntry(StringBuilder text, string key, DvcValue value, int indent)
    {
        text.Append(Text(key)).Append(':');
        switch (value.Kind)
        {
            case DvcValueKind.Map when value.Entries.Count > 0:
                WriteMap(text.Append('\n'), value, indent + 2);
                break;
            case DvcValueKind.List when value.Items.Count > 0:
                WriteList(text.Append('\n'), value, indent);
                break;
            case DvcValueKind.Text when value.Text.Contains('\n', StringComparison.Ordinal) && IsBlock(value.Text):
                WriteBlock(text, value.Text, indent + 2);
                break;
            default:
                text.Append(' ').Append(value.Kind switch { DvcValueKind.Map => "{}", DvcValueKind.List => "[]", _ => Scalar(value) }).Append('\n');
                break;
        }
    }

    private static void WriteList(StringBuilder text, DvcValue list, int indent)
    {
        foreach (DvcValue item in list.Items)
        {
            Indent(text, indent);
            text.Append("- ");
            if (item.Kind == DvcValueKind.Map && item.Entries.Count > 0)
            {
                (string first, DvcValue value) = item.Entries[0];
                WriteEntry(text, first, value, indent + 2);
                WriteMap(text, item, indent + 2, from: 1);
            }
            else if (item.Kind == DvcValueKind.List && item.Items.Count > 0)
            {
                text.Append('[').AppendJoin(", ", item.Items.Select(Flow)).Append("]\n");
            }
            else
            {
                text.Append(item.Kind is DvcValueKind.Map or DvcValueKind.List ? Flow(item) : Scalar(item)).Append('\n');
            }
        }
    }

    private static string Flow(DvcValue value) => value.Kind switch
    {
        DvcValueKind.Map => $"{{{string.Join(", ", value.Entries.Select(entry => $"{FlowText(entry.Key)}: {Flow(entry.Value)}"))}}}",
        DvcValueKind.List => $"[{string.Join(", ", value.Items.Select(Flow))}]",
        DvcValueKind.Text => FlowText(value.Text),
        _ => Scalar(value),
    };

    private static bool IsBlock(string text) => !text.StartsWith(' ') && !text.StartsWith('\n') && !text.Contains(" \n", StringComparison.Ordinal) && text.All(c => c == '\n' || !IsEscaped(c));

    private static void WriteBlock(StringBuilder text, string value, int indent)
    {
        int ends = value.Length - value.TrimEnd('\n').Length;
        text.Append(ends switch { 0 => " |-\n", 1 => " |\n", _ => " |+\n" });
        foreach (string line in (ends == 0 ? value : value[..^1]).Split('\n'))
            (line.Length == 0 ? text : text.Append(' ', indent).Append(line)).Append('\n');
    }

    private static string Number(double value) => double.IsFinite(value) ? PythonText.Float(value) : double.IsNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";

    private static string FlowText(string text) => Text(text) is var written && written == text && text.AsSpan().IndexOfAny(",[]{}") >= 0 ? Quoted(text) : written;

    private static string Text(string text)
    {
        if (text.Any(IsEscaped))
            return DoubleQuoted(text);
        bool isPlain = text.Length > 0 && YamlScalar.Resolve(text).Kind == DvcValueKind.Text && !OldNumber(text)
            && "-?:,[]{}#&*!|>'\"%@` \t".IndexOf(text[0], StringComparison.Ordinal) < 0
            && !text.EndsWith(' ') && !text.EndsWith(':') && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal)
            && text is not ("---" or "..." or "=" or "<<");
        return isPlain || IsPlainDash(text) ? text : Quoted(text);
    }

    private static bool IsPlainDash(string text) => text.Length > 1 && text[0] == '-' && char.IsAsciiLetter(text[1]) && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal) && !text.EndsWith(':') && !text.EndsWith(' ');

    // Readers of YAML 1.1 take more for a number or a truth value than 1.2 does: an all-digit hash, a sexagesimal, yes.
    private static bool OldNumber(string text) =>
        text.All(c => char.IsAsciiDigit(c) || c is '.' or '_' or ':' or '-' or '+' or 'e' or 'E') && text.Any(char.IsAsciiDigit)
        || text is "yes" or "no" or "on" or "off" or "Yes" or "No" or "On" or "Off" or "YES" or "NO" or "ON" or "OFF";

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    // What cannot stand in YAML as it is, or would be read as the end of a line.
    private static bool IsEscaped(char c) => char.IsControl(c) || c is '\u0085' or '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF';

    // Other than in JSON, two escapes do not make one character of two halves: what is no control character stands as it is.
    internal static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                '\r' => quoted.Append("\\r"),
                _ when IsEscaped(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
