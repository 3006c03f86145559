using System.Text;

namespace CmlNet.Reports.Html.Sanitizing;

/// <summary>Writes a tree as HTML: every attribute quoted, every text encoded, every element closed.</summary>
internal static class HtmlTreeWriter
{
    public static string Write(HtmlElement root)
    {
        var output = new StringBuilder();
        foreach (var child in root.Children)
            Write(child, output);
        return output.ToString();
    }

    private static void Write(HtmlNode node, StringBuilder output)
    {
        if (node is HtmlTextNode text)
        {
            output.Append(HtmlEncoding.Text(text.Text));
            return;
        }

        var element = (HtmlElement)node;
        output.Append('<').Append(element.Name);
        foreach (var (name, value) in element.Attributes)
            output.Append(' ').Append(name).Append("=\"").Append(HtmlEncoding.Text(value)).Append('"');
        output.Append('>');
        if (HtmlVocabulary.Void.Contains(element.Name))
            return;
        // A browser drops the first line feed of a pre; this one is for it to drop.
        if (element is { Name: "pre", Children: [HtmlTextNode first, ..] } && first.Text.StartsWith('\n'))
            output.Append('\n');
        foreach (var child in element.Children)
            Write(child, output);
        output.Append("</").Append(element.Name).Append('>');
    }
}
