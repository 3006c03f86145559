namespace CmlNet.Reports.Model;

/// <summary>Something the reader must know about the section: a file that could not be read, rows left out.</summary>
public sealed record NoteBlock(string Text) : ReportBlock;
