namespace CmlNet.Dvc.Remotes;

/// <summary>One object could not be moved.</summary>
public sealed class TransferException(string message, bool isTransient, Exception? innerException = null) : IOException(message, innerException)
{
    /// <summary>The same request may do better in a moment.</summary>
    public bool IsTransient { get; } = isTransient;
}
