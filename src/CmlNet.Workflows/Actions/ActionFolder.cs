namespace CmlNet.Workflows.Actions;

/// <summary>Where an action's files are.</summary>
internal sealed record ActionFolder
{
    /// <summary>On this machine.</summary>
    public required string Host { get; init; }

    /// <summary>In the job.</summary>
    public required string InJob { get; init; }

    /// <summary><c>owner/repo</c>; empty for an action of the workspace.</summary>
    public string Repository { get; init; } = "";

    /// <summary>What stood after <c>@</c>.</summary>
    public string Ref { get; init; } = "";
}
