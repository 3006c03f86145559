namespace CmlNet.Runner.Control;

/// <summary>What the daemon says to a command.</summary>
internal sealed record ControlAnswer(string Message);
