using System.Net;
using CmlNet.Publishing.Figures;

namespace CmlNet.Publishing.Markdown;

/// <summary>Words in the place of a picture that nobody will see.</summary>
internal static class PictureWords
{
    private const int LongestLabel = 120;

    /// <summary>Why there is none.</summary>
    public static IReadOnlyList<TextEdit> Notes(LinkTarget target, string label, string reason) =>
        [.. target.Notes.Select(n => new TextEdit(n.Start, n.Length, TargetWriter.Note(n, label, reason)))];

    /// <summary>Why there is none, and what it shows where that is known.</summary>
    public static IReadOnlyList<TextEdit> InPlace(LinkTarget target, string label, string reason, Figure? figure) => figure is null
        ? Notes(target, label, reason)
        : Edits(target, figure, $"{FigureWords.Clean(label, LongestLabel)} was not published: {reason}");

    /// <summary>What it shows.</summary>
    public static IReadOnlyList<TextEdit> InPlace(LinkTarget target, string label, Figure figure) => Edits(target, figure, $"{FigureWords.Clean(label, LongestLabel)} in numbers");

    private static IReadOnlyList<TextEdit> Edits(LinkTarget target, Figure figure, string words)
    {
        string title = FigureText.Title(figure);
        if (target.Alone is { } alone)
            return [new TextEdit(alone.Start, alone.Length, FigureText.Block(figure, $"*{Plain(words)}.*{(title.Length > 0 ? " " + Plain(title) : "")}"))];
        string line = $"{words}: {FigureText.Line(figure)}";
        return [.. target.Notes.Select(n => new TextEdit(n.Start, n.Length, (n.Length == 0 ? " " : "") + (n.IsHtml ? $"<em>{WebUtility.HtmlEncode(line)}</em>" : $"*{Plain(line)}*")))];
    }

    /// <summary>What is left of Markdown's signs in clean words.</summary>
    private static string Plain(string words) => words.Replace("_", "\\_", StringComparison.Ordinal).Replace("+", "\\+", StringComparison.Ordinal);
}
