using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Readers;

/// <summary>Parameters from JSON or YAML.</summary>
internal sealed class ParamsReader : IArtifactReader
{
    public const string ReaderName = "params";

    public string Name => ReaderName;

    public bool Recognises(ArtifactFile file) =>
        file.Stem.ToLowerInvariant() is "params" or "hparams" or "parameters" or "hyperparameters" && file.Suffix is ".json" or ".yaml" or ".yml";

    public Artifact Read(ArtifactFile file, CancellationToken cancellationToken)
    {
        try
        {
            return new ParamsArtifact { Path = file.Path, Values = ValueFlattening.Params(ValueFile.Read(file.FullPath, file.ReadText())) };
        }
        catch (DvcFormatException e)
        {
            throw new ArtifactException($"not readable as {(file.Suffix == ".json" ? "JSON" : "YAML")}: {e.Message}", e.Line, e.Column, e);
        }
    }
}
