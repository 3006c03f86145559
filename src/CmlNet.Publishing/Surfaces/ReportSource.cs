namespace CmlNet.Publishing.Surfaces;

/// <summary>One of the files that make up a report.</summary>
/// <param name="Markdown">Its text.</param>
/// <param name="Directory">Absolute path that its relative links start from.</param>
public sealed record ReportSource(string Markdown, string Directory);
