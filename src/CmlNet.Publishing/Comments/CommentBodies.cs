using CmlNet.Publishing.Length;
using CmlNet.Publishing.Markdown;

namespace CmlNet.Publishing.Comments;

/// <summary>A report as the bodies of one comment, or of several where it is too long for one; each with its mark.</summary>
internal sealed class CommentBodies
{
    /// <summary>Every comment is a mail to everybody who watches; and code hosts stop those who write too many.</summary>
    internal const int Most = 20;

    private const string Next = "\n_The report goes on in the next comment._\n";
    private const int RoomForWords = 400;

    private readonly IReadOnlyList<string> _parts;
    private readonly Func<int, string>? _mark;
    private readonly string _end = "";

    /// <param name="report">Markdown.</param>
    /// <param name="limit">Largest body in UTF-8 bytes.</param>
    /// <param name="mark">The mark of a part, from 0; null for none.</param>
    /// <param name="whole">Where readers find all of the report; null where they do not, and then no section is cut. What would be more comments than <see cref="Most"/> is left out in any case.</param>
    public CommentBodies(string report, int limit, Func<int, string>? mark, string? whole)
    {
        _mark = mark;
        // A report that fits is posted to the byte; behind an open code block the mark would be read as code.
        report = mark is null ? report : CodeFence.Close(report);
        _parts = Fits(report, limit, mark) ? [report] : ReportSplitter.SplitWhole(report, limit - Overhead(mark) - RoomForWords, whole);
        if (_parts.Count <= Most)
            return;
        int rest = _parts.Skip(Most).Sum(ReportSplitter.Bytes);
        _parts = [.. _parts.Take(Most)];
        string link = whole is null ? "" : $" [All of it]({TargetWriter.Write(whole, TargetSyntax.Markdown)})";
        _end = FormattableString.Invariant($"\n_The rest of the report, {rest} bytes, is left out: a report is at most {Most} comments.{link}_\n");
    }

    /// <summary>Whether the report is more than may be posted.</summary>
    public static bool IsTooMuch(string report, int limit) => ReportSplitter.Bytes(report) / Math.Max(limit - RoomForWords, 1) >= Most;

    /// <summary>Whether something is left out that readers may find nowhere.</summary>
    public bool IsCut => _end.Length > 0;

    /// <summary>Whether the report is one comment as it is.</summary>
    public static bool Fits(string report, int limit, Func<int, string>? mark) => ReportSplitter.Bytes(report) + Overhead(mark) <= limit;

    public int Count => _parts.Count;

    /// <param name="index">From 0.</param>
    /// <param name="firstUrl">Where the report starts; not asked for part 0.</param>
    public string Body(int index, string firstUrl)
    {
        string head = index == 0 ? "" : $"_This goes on from [an earlier comment]({firstUrl})._\n\n";
        string tail = index + 1 < _parts.Count ? Next : _end;
        return head + _parts[index] + tail + (_mark is null ? "" : "\n\n" + _mark(index));
    }

    private static int Overhead(Func<int, string>? mark) => mark is null ? 0 : ReportSplitter.Bytes(mark(0)) + 2;
}
