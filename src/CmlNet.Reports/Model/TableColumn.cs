namespace CmlNet.Reports.Model;

/// <summary>A column head; numbers are aligned right.</summary>
public sealed record TableColumn(string Name, bool IsNumeric = false);
