using System.Net;
using CmlNet.Reports.Plots.Definitions;

namespace CmlNet.Cli.Commands.Plots;

/// <summary>A page with all pictures, which lies beside them: DVC's own, or one that the user wrote for DVC.</summary>
internal static class PlotsPage
{
    public const string FileName = "index.html";
    private const string Place = "{plot_divs}";

    private const string Plain = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        {refresh_tag}
        <title>Plots</title>
        {scripts}
        <style>body { font-family: sans-serif; } img { max-width: 100%; }</style>
        </head>
        <body>
        {plot_divs}
        </body>
        </html>

        """;

    /// <summary>Reads what the user wrote.</summary>
    /// <param name="path">Absolute; null for DVC's own.</param>
    /// <param name="shown">As the user named it.</param>
    /// <param name="verb">For messages.</param>
    /// <exception cref="CliException">It cannot be read, or has no place for the plots.</exception>
    public static string ReadTemplate(string? path, string? shown, string verb)
    {
        if (path is null)
            return Plain;
        try
        {
            string text = File.ReadAllText(path);
            return text.Contains(Place, StringComparison.Ordinal) ? text : throw new CliException(ExitCodes.Usage, $"{verb}: the HTML template {shown} has no {Place}, in whose place the plots are put");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Usage, $"{verb}: the HTML template {shown} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Fills it in. Pictures are referred to and not copied into it: what runs in an SVG that somebody else made does not run there.</summary>
    public static string Fill(string template, IEnumerable<PlotPicture> pictures) => template
        .Replace("{scripts}", "", StringComparison.Ordinal)
        .Replace("{refresh_tag}", "", StringComparison.Ordinal)
        .Replace(Place, string.Join('\n', pictures.Select(picture => $"<div><img src=\"{WebUtility.HtmlEncode(picture.FileName)}\" alt=\"{WebUtility.HtmlEncode(picture.AlternativeText)}\"></div>")), StringComparison.Ordinal);
}
