namespace CmlNet.Runner.Daemon;

/// <summary>A runner on GitHub's list.</summary>
internal sealed record KnownRunner(string Name, bool IsOnline, bool IsBusy, IReadOnlyList<string> Labels)
{
    /// <summary>It has that name, or is one of the daemon of that name.</summary>
    public bool IsOf(string daemon, string pool) => Name == daemon || Name.StartsWith($"{daemon}-{pool}-", StringComparison.Ordinal);
}
