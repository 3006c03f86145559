namespace CmlNet.Reports;

/// <summary>The request itself is wrong: a named file or folder does not exist. Nothing has been written.</summary>
public sealed class ReportInputException(string message) : Exception(message);
