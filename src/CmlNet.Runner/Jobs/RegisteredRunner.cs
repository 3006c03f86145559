namespace CmlNet.Runner.Jobs;

/// <summary>A runner on the list.</summary>
internal sealed record RegisteredRunner(long Id, string Name, bool? IsOnline, bool? IsBusy);
