namespace CmlNet.Reports.Model;

/// <summary>One piece of a section. All text is plain: whoever writes it out escapes it.</summary>
public abstract record ReportBlock;
