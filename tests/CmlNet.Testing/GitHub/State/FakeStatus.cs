namespace CmlNet.Testing.GitHub.State;

public sealed record FakeStatus(string Sha, string State, string Context, string? Description, string? TargetUrl);
