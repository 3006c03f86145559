using System.Globalization;

namespace CmlNet.Reports.Html.RunPage;

/// <summary>Writes the page's markup; every text that is not our own goes through <see cref="Text"/> or <see cref="Escape"/>.</summary>
internal sealed class PageWriter(TextWriter output)
{
    /// <summary>Markup of our own, or made by the sanitiser.</summary>
    public PageWriter Raw(string markup)
    {
        output.Write(markup);
        return this;
    }

    public PageWriter Line(string markup = "")
    {
        output.Write(markup);
        output.Write('\n');
        return this;
    }

    public PageWriter Text(string text)
    {
        output.Write(HtmlEncoding.Label(text));
        return this;
    }

    public static string Escape(string text) => HtmlEncoding.Label(text);

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The shape of a status. Its word follows as text, seen or read out.</summary>
    public PageWriter Icon(StatusLook look) =>
        Raw($"<svg class=\"icon {look.Icon}\" viewBox=\"0 0 16 16\" width=\"16\" height=\"16\" aria-hidden=\"true\"><use href=\"#i-{look.Icon}\"/></svg>");

    public PageWriter HiddenWord(StatusLook look) => Raw("<span class=\"sr\">").Text(look.Word).Raw(": </span>");

    public PageWriter Badge(StatusLook look) =>
        Raw($"<span class=\"badge {look.Icon}\">").Icon(look).Raw(" ").Text(look.Word).Raw("</span>");
}
