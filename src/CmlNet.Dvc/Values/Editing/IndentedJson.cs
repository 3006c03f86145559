using System.Text;

namespace CmlNet.Dvc.Values.Editing;

/// <summary>JSON over several lines, four spaces for each level, as DVC writes a parameter file.</summary>
internal static class IndentedJson
{
    private const int Step = 4;

    /// <summary>With a line end behind it.</summary>
    public static string Write(DvcValue value)
    {
        var text = new StringBuilder();
        Write(text, value, 0);
        return text.Append('\n').ToString();
    }

    private static void Write(StringBuilder text, DvcValue value, int indent)
    {
        bool isMap = value.Kind == DvcValueKind.Map;
        int count = isMap ? value.Entries.Count : value.Items.Count;
        if (count == 0)
        {
            text.Append(PythonText.Json(value, sortKeys: false));
            return;
        }

        text.Append(isMap ? '{' : '[');
        for (int i = 0; i < count; i++)
        {
            text.Append(i == 0 ? "\n" : ",\n").Append(' ', indent + Step);
            if (isMap)
            {
                PythonText.WriteString(text, value.Entries[i].Key);
                text.Append(": ");
            }

            Write(text, isMap ? value.Entries[i].Value : value.Items[i], indent + Step);
        }

        text.Append('\n').Append(' ', indent).Append(isMap ? '}' : ']');
    }
}
