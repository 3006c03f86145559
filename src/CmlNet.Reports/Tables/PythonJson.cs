using System.Globalization;
using System.Text;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Tables;

/// <summary>JSON as Python's <c>json.dumps</c> writes it, bare <c>NaN</c> and <c>Infinity</c> included: DVC's wire form.</summary>
public static class PythonJson
{
    /// <summary>One line without a line end.</summary>
    public static string Write(DvcValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, DvcValue value)
    {
        switch (value.Kind)
        {
            case DvcValueKind.Null: text.Append("null"); break;
            case DvcValueKind.Boolean: text.Append(value.Boolean ? "true" : "false"); break;
            case DvcValueKind.Integer: text.Append(value.Integer.ToString(CultureInfo.InvariantCulture)); break;
            case DvcValueKind.Number: text.Append(double.IsNaN(value.Number) ? "NaN" : double.IsInfinity(value.Number) ? value.Number > 0 ? "Infinity" : "-Infinity" : ValueText.Float(value.Number)); break;
            case DvcValueKind.Text: Quote(text, value.Text); break;
            case DvcValueKind.List:
                text.Append('[');
                for (int i = 0; i < value.Items.Count; i++)
                {
                    text.Append(i > 0 ? ", " : "");
                    Append(text, value.Items[i]);
                }

                text.Append(']');
                break;
            default:
                text.Append('{');
                for (int i = 0; i < value.Entries.Count; i++)
                {
                    text.Append(i > 0 ? ", " : "");
                    Quote(text, value.Entries[i].Key);
                    text.Append(": ");
                    Append(text, value.Entries[i].Value);
                }

                text.Append('}');
                break;
        }
    }

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case < ' ' or > '~': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: text.Append(c); break;
            }
        }

        text.Append('"');
    }
}
