namespace CmlNet.Dvc.Stages;

/// <summary>A file, folder or URL that a stage reads.</summary>
public sealed class Dependency
{
    /// <summary>Relative to the project's root; a URL, or a path in another repository, as it is.</summary>
    public required string Path { get; init; }

    /// <summary>As written.</summary>
    public required string Text { get; init; }

    /// <summary>The repository it is imported from; null for one of this project.</summary>
    public RepositorySource? Repository { get; init; }

    /// <summary>The content at the last run.</summary>
    public FileRecord? Recorded { get; set; }

    /// <summary>It is neither in this project nor below its root.</summary>
    public bool IsImport => Repository is not null || Project.RelativePath.IsUrl(Path);
}
