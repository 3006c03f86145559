namespace CmlNet.Containers;

/// <summary>The engine could not do it. The message says what was tried, on what, and what to do next.</summary>
public sealed class EngineException : Exception
{
    public EngineException(EngineErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    public EngineErrorKind Kind { get; }

    /// <summary>The engine's own words, when it had any.</summary>
    internal string? EngineMessage { get; init; }

    /// <summary>HTTP status of the engine's answer; null when there was none.</summary>
    internal int? Status { get; init; }
}
