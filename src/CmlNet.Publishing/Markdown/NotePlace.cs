namespace CmlNet.Publishing.Markdown;

/// <summary>A span that a note replaces (an image that would be broken), or, empty, a point where it goes in (behind a link).</summary>
internal sealed record NotePlace(int Start, int Length, bool IsHtml);
