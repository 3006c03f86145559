namespace CmlNet.Dvc.Values;

/// <summary>A metrics or parameter file that cannot be read. Line and column count from 1; 0 means the whole file.</summary>
public sealed class DvcFormatException(string message, int line, int column, Exception? innerException = null) : Exception(message, innerException)
{
    public int Line { get; } = line;

    public int Column { get; } = column;
}
