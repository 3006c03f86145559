using System.Collections.Frozen;

namespace CmlNet.Reports.Html.Sanitizing;

/// <summary>
/// Which elements GitHub lets a comment use, and how the HTML standard nests them. The allow-list is the element list of
/// html-pipeline's sanitisation filter with the additions seen on live pages.
/// </summary>
internal static class HtmlVocabulary
{
    public static readonly FrozenSet<string> Allowed = Set(
        "h1 h2 h3 h4 h5 h6 br b i strong em a pre code img tt div ins del sup sub p picture ol ul table thead tbody tfoot " +
        "blockquote dl dt dd kbd q samp var hr ruby rt rp li tr td th s strike summary details caption figure figcaption " +
        "abbr bdo cite dfn mark small source span time wbr");

    /// <summary>Elements that go with everything in them, rather than leaving their text behind.</summary>
    public static readonly FrozenSet<string> DroppedWithContent = Set(
        "script style iframe svg math object noscript template textarea title xmp noembed noframes plaintext select frameset audio video canvas applet");

    public static readonly FrozenSet<string> Void = Set("br img hr source wbr input");

    public static readonly FrozenSet<string> Headings = Set("h1 h2 h3 h4 h5 h6");

    /// <summary>A start tag of these ends an open paragraph.</summary>
    public static readonly FrozenSet<string> EndsParagraph = Set(
        "blockquote details div dl figcaption figure ol p summary ul h1 h2 h3 h4 h5 h6 pre li dd dt hr table");

    /// <summary>"Special" in the standard's sense: the search for an open list item or inline element stops here.</summary>
    public static readonly FrozenSet<string> Special = Set(
        "blockquote br caption dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr img input li ol p pre source summary " +
        "table tbody td tfoot th thead tr ul wbr");

    public static readonly FrozenSet<string> Formatting = Set("a b code em i s small strike strong tt");

    public static readonly FrozenSet<string> TableParts = Set("caption thead tbody tfoot tr td th");

    /// <summary>Inside one of these, but not in a cell, only table parts may stand.</summary>
    public static readonly FrozenSet<string> TableStructure = Set("table thead tbody tfoot tr");

    /// <summary>End tags inside one of these never reach what is outside.</summary>
    public static readonly FrozenSet<string> ScopeLimits = Set("table td th caption");

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
