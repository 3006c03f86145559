using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Stages;

/// <summary>A file or folder that a stage makes, or that is tracked as it is.</summary>
public sealed class Output
{
    /// <summary>Relative to the project's root.</summary>
    public required string Path { get; init; }

    /// <summary>As written, relative to the stage's working folder.</summary>
    public required string Text { get; init; }

    public OutputKind Kind { get; init; }

    /// <summary>Kept in the cache; else git has it.</summary>
    public bool IsCached { get; init; } = true;

    /// <summary>Not deleted before the stage runs.</summary>
    public bool IsPersistent { get; init; }

    /// <summary>Sent to remotes.</summary>
    public bool IsPushed { get; init; } = true;

    /// <summary>The only remote it belongs to; null for the default.</summary>
    public string? Remote { get; init; }

    /// <summary>desc, type, labels, meta and the options of plots, as they stand.</summary>
    public IReadOnlyList<KeyValuePair<string, DvcValue>> Annotations { get; init; } = [];

    /// <summary>The content recorded last; null before the first time.</summary>
    public FileRecord? Recorded { get; set; }
}
