using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Performance;

/// <summary>The size of any file. Only read when asked for.</summary>
internal sealed class SizeReader : IArtifactReader
{
    public const string ReaderName = "sizes";

    public string Name => ReaderName;

    public bool Recognises(ArtifactFile file) => false;

    public Artifact Read(ArtifactFile file, CancellationToken cancellationToken) =>
        new SizeArtifact { Path = file.Path, FullPath = file.FullPath, Bytes = file.Content is { } content ? content.Length : new FileInfo(file.FullPath).Length };
}
