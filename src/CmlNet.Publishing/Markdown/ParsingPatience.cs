using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;

namespace CmlNet.Publishing.Markdown;

/// <summary>
/// Ends the reading of a text that takes far longer than any report for people would. The parser looks for the end of what begins
/// at a sign, and a text that begins the same thing ten thousand times over keeps it busy for hours.
/// </summary>
/// <remarks>It parses nothing itself: it is asked at each sign, before the parsers that do.</remarks>
internal sealed class ParsingPatience : InlineParser
{
    private const int SignsBetweenLooks = 16;
    private static readonly object Key = new();

    private int _signs;

    public ParsingPatience() => OpeningCharacters = [.. "[]!<*_`&\\|"];

    /// <summary>What a text is read with, from now on for so long.</summary>
    public static MarkdownParserContext For(TimeSpan limit)
    {
        var context = new MarkdownParserContext();
        context.Properties[Key] = (TimeProvider.System.GetTimestamp(), limit);
        return context;
    }

    /// <exception cref="TimeoutException">It has taken too long.</exception>
    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        // The pipeline is shared, so this may count other texts' signs too; any of them is as good a moment to look.
        if (_signs++ % SignsBetweenLooks == 0 && processor.Context?.Properties.GetValueOrDefault(Key) is ValueTuple<long, TimeSpan> (var start, var limit) && TimeProvider.System.GetElapsedTime(start) > limit)
            throw new TimeoutException();
        return false;
    }
}
