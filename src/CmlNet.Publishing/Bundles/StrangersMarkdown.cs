using System.Text;
using System.Text.RegularExpressions;
using CmlNet.Publishing.Markdown;

namespace CmlNet.Publishing.Bundles;

/// <summary>
/// A report that a stranger wrote and that is going to be posted in our name: it may be read, and do nothing else. Nobody is
/// notified by it, no bot takes orders from it, no mark of another comment is in it, and no image calls another server.
/// </summary>
/// <remarks>What would act is parted by a character of no width, so that it still reads the same, in code too.</remarks>
internal static partial class StrangersMarkdown
{
    private const string Gap = "\u200B";
    private const string Nothing = "about:blank";
    private const int MostRounds = 8;

    /// <param name="markdown">The report.</param>
    /// <param name="files">The local files it may show.</param>
    public static string Disarm(string markdown, IReadOnlySet<string> files)
    {
        // Every kind of line end starts a line, so there is one kind here.
        string text = Part(Visible(markdown.ReplaceLineEndings("\n")));
        // Taking one image out may make another of what was around it. What cannot be read shows no image at all.
        for (int round = 0; round < MostRounds; round++)
        {
            if (LinkFinder.Find(text, areMarksTargets: true) is not { } targets)
                break;
            TextEdit[] edits = [.. Foreign(targets, files)];
            if (edits.Length == 0)
                return text;
            text = TextEdit.Apply(text, edits);
        }

        return text.Replace("![", "!" + Gap + "[", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
    }

    /// <summary>Images, and sources of images, that are not the report's own.</summary>
    private static IEnumerable<TextEdit> Foreign(IReadOnlyList<LinkTarget> targets, IReadOnlySet<string> files)
    {
        foreach (LinkTarget target in targets.Where(t => !files.Contains(t.Url)))
        {
            if (target.Notes.Count == 0 && target.Syntax != TargetSyntax.Markdown && target.Url != Nothing)
                yield return new TextEdit(target.Start, target.Length, Nothing);
            foreach (NotePlace note in target.Notes.Where(n => n.Length > 0))
                yield return new TextEdit(note.Start, note.Length, Note(note));
        }
    }

    private static string Note(NotePlace place) => place.IsHtml ? "<em>(an image that is not part of the report)</em>" : "*(an image that is not part of the report)*";

    /// <summary>Without what nobody sees: other control characters, and those that turn the direction of text.</summary>
    private static string Visible(string markdown)
    {
        var text = new StringBuilder(markdown.Length);
        foreach (char c in markdown)
        {
            bool isTurning = c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
            if (!isTurning && (!char.IsControl(c) || c is '\n' or '\t'))
                text.Append(c);
        }

        return text.ToString();
    }

    private static string Part(string text)
    {
        text = text.Replace("<!", "<" + Gap + "!", StringComparison.Ordinal);
        text = text.Replace("cml.dev/watermark.png", "cml.dev/" + Gap + "watermark.png", StringComparison.OrdinalIgnoreCase);
        text = text.Replace("CML watermark", "CML" + Gap + " watermark", StringComparison.OrdinalIgnoreCase);
        // Written as an entity, a sign acts as if it were written plainly.
        // A number sign is parted at once: it could begin another entity.
        text = NumberSign().Replace(AtSign().Replace(text, "@"), "#" + Gap);
        text = text.Replace("@", "@" + Gap, StringComparison.Ordinal);
        text = IssueNumber().Replace(text, "$0" + Gap);
        return Order().Replace(text, "${indent}" + Gap + "/");
    }

    [GeneratedRegex("&(?:#0*64(?![0-9])|#x0*40(?![0-9a-f])|commat);?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex AtSign();

    [GeneratedRegex("&(?:#0*35(?![0-9])|#x0*23(?![0-9a-f])|num);?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex NumberSign();

    /// <summary>Before a digit, or what may be the entity of one; the sign of a character's own number names no issue.</summary>
    [GeneratedRegex("(?:#(?!(?<=(?<!\\\\)&#)[0-9]{1,7};)|\\bGH-)(?=[0-9]|&#)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex IssueNumber();

    [GeneratedRegex("^(?<indent>[ \\t>]*)/(?=[A-Za-z])", RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Order();
}
