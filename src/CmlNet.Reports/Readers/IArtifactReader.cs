namespace CmlNet.Reports.Readers;

/// <summary>Turns one kind of file into an <see cref="Artifact"/>. To add a format: a class here, one line in <see cref="ReportServices"/>.</summary>
internal interface IArtifactReader
{
    /// <summary>Lower case, unique; the section that shows the artifact has the same name as its reader's role.</summary>
    string Name { get; }

    /// <summary>Name of the reader in whose section a failure of this one is told; its own unless it reads for others.</summary>
    string FailsIn => Name;

    /// <summary>Whether a file found by searching is of this kind, from its name and head alone.</summary>
    bool Recognises(ArtifactFile file);

    /// <exception cref="ArtifactException">The file is broken; the message says what, where and what to do.</exception>
    /// <exception cref="IOException">It cannot be read at all.</exception>
    Artifact Read(ArtifactFile file, CancellationToken cancellationToken);
}
