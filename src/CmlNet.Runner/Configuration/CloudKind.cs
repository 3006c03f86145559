namespace CmlNet.Runner.Configuration;

/// <summary>Whose metadata service tells of the machine's end.</summary>
internal enum CloudKind
{
    /// <summary>Amazon EC2: <c>spot/instance-action</c>.</summary>
    Aws,

    /// <summary>Azure: scheduled events.</summary>
    Azure,

    /// <summary>Google Compute Engine: <c>instance/preempted</c>.</summary>
    Gcp,
}
