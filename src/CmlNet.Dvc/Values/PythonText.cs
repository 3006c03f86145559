using System.Globalization;
using System.Text;

namespace CmlNet.Dvc.Values;

/// <summary>Values as Python prints them: <c>json.dumps</c> with its default separators, and <c>str()</c>. Hashes are taken over this text, so every byte counts.</summary>
public static class PythonText
{
    /// <summary>JSON with <c>", "</c> and <c>": "</c>, everything outside printable ASCII escaped in lower-case hex.</summary>
    /// <param name="value">What to write.</param>
    /// <param name="sortKeys">Keys in code-point order, else as they stand.</param>
    public static string Json(DvcValue value, bool sortKeys)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = new StringBuilder();
        WriteJson(text, value, sortKeys);
        return text.ToString();
    }

    /// <summary>The shortest text that reads back as the same float: <c>1.0</c>, <c>1e-05</c>, <c>inf</c>.</summary>
    public static string Float(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        string scientific = value.ToString("E16", CultureInfo.InvariantCulture);
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int exponent = value == 0 ? 0 : int.Parse(scientific.AsSpan(scientific.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        (string sign, string digits) = Digits(shortest);
        if (exponent is < -4 or >= 16)
            return $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length <= exponent + 1 ? $"{sign}{digits.PadRight(exponent + 1, '0')}.0" : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>As <c>str()</c> gives it: <c>True</c>, <c>None</c>, <c>[1, 'a']</c>; text as it is.</summary>
    public static string Text(DvcValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Kind == DvcValueKind.Text ? value.Text : Repr(value);
    }

    /// <summary>As <c>repr()</c> gives it: a literal.</summary>
    internal static string Repr(DvcValue value) => value.Kind switch
    {
        DvcValueKind.Null => "None",
        DvcValueKind.Boolean => value.Boolean ? "True" : "False",
        DvcValueKind.Integer => value.Integer.ToString(CultureInfo.InvariantCulture),
        DvcValueKind.Number => Float(value.Number),
        DvcValueKind.List => $"[{string.Join(", ", value.Items.Select(Repr))}]",
        DvcValueKind.Map => $"{{{string.Join(", ", value.Entries.Select(entry => $"{Quoted(entry.Key)}: {Repr(entry.Value)}"))}}}",
        _ => Quoted(value.Text),
    };

    private static string Quoted(string text)
    {
        char quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var quoted = new StringBuilder().Append(quote);
        foreach (char c in text)
        {
            _ = c switch
            {
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when c == quote => quoted.Append('\\').Append(c),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append(quote).ToString();
    }

    private static (string Sign, string Digits) Digits(string number)
    {
        int end = number.IndexOf('E', StringComparison.Ordinal);
        string mantissa = end < 0 ? number : number[..end];
        string sign = mantissa.StartsWith('-') ? "-" : "";
        string digits = mantissa.TrimStart('-').Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        return (sign, digits.Length == 0 ? "0" : digits);
    }

    private static void WriteJson(StringBuilder text, DvcValue value, bool sortKeys)
    {
        switch (value.Kind)
        {
            case DvcValueKind.Null: text.Append("null"); break;
            case DvcValueKind.Boolean: text.Append(value.Boolean ? "true" : "false"); break;
            case DvcValueKind.Number when !double.IsFinite(value.Number): text.Append(double.IsNaN(value.Number) ? "NaN" : value.Number > 0 ? "Infinity" : "-Infinity"); break;
            case DvcValueKind.Text: WriteString(text, value.Text); break;
            case DvcValueKind.List:
                text.Append('[');
                for (int i = 0; i < value.Items.Count; i++)
                    WriteJson(i == 0 ? text : text.Append(", "), value.Items[i], sortKeys);
                text.Append(']');
                break;
            case DvcValueKind.Map:
                IEnumerable<KeyValuePair<string, DvcValue>> entries = sortKeys && value.Entries.Count > 1 ? value.Entries.OrderBy(entry => entry.Key, CodePointComparer.Instance) : value.Entries;
                string separator = "{";
                foreach ((string key, DvcValue inner) in entries)
                {
                    WriteString(text.Append(separator), key);
                    WriteJson(text.Append(": "), inner, sortKeys);
                    separator = ", ";
                }

                text.Append(value.Entries.Count == 0 ? "{}" : "}");
                break;
            default: text.Append(Repr(value)); break;
        }
    }

    /// <summary>Nothing in it needs escaping.</summary>
    internal static bool IsPlain(string value)
    {
        // A loop: to make a set of characters takes longer than looking at the few names of most files.
        foreach (char c in value)
        {
            if (c is < ' ' or > '~' or '"' or '\\')
                return false;
        }

        return true;
    }

    /// <summary>A JSON string in quotes.</summary>
    internal static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        if (IsPlain(value))
        {
            text.Append(value).Append('"');
            return;
        }

        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' or > '~' => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }
}
