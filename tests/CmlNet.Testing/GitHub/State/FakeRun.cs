namespace CmlNet.Testing.GitHub.State;

/// <summary>A workflow run.</summary>
public sealed class FakeRun
{
    public required long Id { get; init; }

    public string Status { get; set; } = "completed";

    public int Attempt { get; set; } = 1;

    /// <summary>How often it is read after a cancel before it says that it has ended.</summary>
    public int ReadsUntilCancelled { get; set; }

    public bool IsCancelling { get; set; }
}
