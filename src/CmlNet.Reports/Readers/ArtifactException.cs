namespace CmlNet.Reports.Readers;

/// <summary>A file that cannot be used. Line and column count from 1; 0 means unknown or the whole file.</summary>
internal sealed class ArtifactException(string message, long line = 0, int column = 0, Exception? innerException = null) : Exception(message, innerException)
{
    public long Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>The message as a compiler would print it: <c>file:line:column: what</c>.</summary>
    public string At(string path)
    {
        string place = Line == 0 ? path : Column == 0 ? $"{path}:{Line}" : $"{path}:{Line}:{Column}";
        return $"{place}: {Message}";
    }
}
