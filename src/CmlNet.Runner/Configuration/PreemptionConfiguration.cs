namespace CmlNet.Runner.Configuration;

/// <summary>Where it is said that the machine is about to be taken away.</summary>
internal sealed record PreemptionConfiguration
{
    /// <summary>Null for no cloud.</summary>
    public CloudKind? Cloud { get; init; }

    /// <summary>Another address of the metadata service than the cloud's own.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Socket of acpid, which tells of the power button: how many hypervisors say it.</summary>
    public string? AcpiSocket { get; init; }

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long running jobs may still go on after the notice.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(15);
}
