namespace CmlNet.Runner.Harvest;

/// <summary>What stands in the outbox.</summary>
internal static class OutboxKinds
{
    /// <summary>A report to render and post.</summary>
    public const string Report = "report";

    /// <summary>A run to be started again, since its job was lost with its container.</summary>
    public const string Rerun = "rerun";
}
