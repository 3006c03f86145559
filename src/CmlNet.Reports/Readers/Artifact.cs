namespace CmlNet.Reports.Readers;

/// <summary>What a reader made of one file.</summary>
internal abstract record Artifact
{
    /// <summary>The file as the report names it.</summary>
    public required string Path { get; init; }

    /// <summary>The file itself, where the report has a better name for it.</summary>
    public string Source { get => field ?? Path; init; }

    /// <summary>What sections look for: this, or what it is made of.</summary>
    public virtual IReadOnlyList<Artifact> Parts => [this];

    /// <summary>Defects that did not stop the reader: shown in the section and on standard error.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
