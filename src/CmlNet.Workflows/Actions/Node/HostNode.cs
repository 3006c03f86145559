namespace CmlNet.Workflows.Actions.Node;

/// <summary>A Node program of this machine.</summary>
/// <param name="Path">Where it is; no link.</param>
/// <param name="InJob">Where it is mounted into a job's container.</param>
/// <param name="IsNamed">By CML_NODE, and not found by itself.</param>
internal sealed record HostNode(string Path, string InJob, bool IsNamed);
