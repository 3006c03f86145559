namespace CmlNet.Runner.Jobs;

/// <summary>A registered runner and the configuration that makes a process it. The configuration is a secret.</summary>
internal sealed record Registration(long RunnerId, string JitConfiguration)
{
    public override string ToString() => $"runner {RunnerId}";
}
