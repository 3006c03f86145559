namespace CmlNet.Runner.Daemon;

/// <summary>One thing that was looked at; the text says how it is, or what to do.</summary>
internal sealed record DoctorFinding(string Name, bool IsGood, string Text)
{
    /// <summary>Nobody could look: neither good nor bad.</summary>
    public bool IsUnknown { get; init; }
}
