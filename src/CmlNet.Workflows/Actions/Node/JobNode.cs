namespace CmlNet.Workflows.Actions.Node;

/// <summary>A Node that starts in a job.</summary>
/// <param name="Program">As the job calls it.</param>
/// <param name="Version"><c>v20.11.1</c>, as it says itself.</param>
/// <param name="Major">20.</param>
/// <param name="Shown">Whose it is, for people.</param>
internal sealed record JobNode(string Program, string Version, int Major, string Shown);
