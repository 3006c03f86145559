using Markdig.Syntax;

namespace CmlNet.Publishing.Length;

/// <summary>A top-level block with the blank lines behind it, or the text between two blocks.</summary>
/// <param name="Text">Whole lines of the source.</param>
/// <param name="Block">The block; null for text between blocks (definitions of links and footnotes).</param>
/// <param name="Start">Where the text starts in the source.</param>
internal sealed record ReportUnit(string Text, Block? Block, int Start);
