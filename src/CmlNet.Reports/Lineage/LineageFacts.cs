namespace CmlNet.Reports.Lineage;

/// <summary>What is needed to repeat the run, as far as it is known.</summary>
internal sealed record LineageFacts
{
    /// <summary>Full hash; null outside a git repository.</summary>
    public string? Commit { get; init; }

    public string? Branch { get; init; }

    /// <summary>The work tree differs from the commit; null when not known.</summary>
    public bool? IsDirty { get; init; }

    /// <summary>Data and models with their hash.</summary>
    public IReadOnlyList<LineageFile> Files { get; init; } = [];

    /// <summary>Commands of <c>dvc.lock</c>, by stage.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Commands { get; init; } = [];

    /// <summary>Parameters that name a seed.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Seeds { get; init; } = [];

    /// <summary>Files that fix package versions, with hash.</summary>
    public IReadOnlyList<LineageFile> Packages { get; init; } = [];

    /// <summary>Machine, processor, GPU, image, run: in that order, what is known of it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Surroundings { get; init; } = [];
}
