namespace CmlNet.Containers;

/// <summary>One command to run in a container.</summary>
public sealed record ExecSpec
{
    /// <summary>Program and arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Added to the container's environment; wins over it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string? WorkingDirectory { get; init; }

    public string? User { get; init; }

    /// <summary>What to send on cancellation, and how long to wait after each: the official runner's 7.5 s and 2.5 s by default.</summary>
    public StopLadder StopLadder { get; init; } = StopLadder.Default;
}
