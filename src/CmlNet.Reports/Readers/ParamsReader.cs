using CmlNet.Dvc.Values;
using CmlNet.Reports.Readers.Mlflow;

namespace CmlNet.Reports.Readers;

/// <summary>Parameters from JSON, TOML, YAML, a W&amp;B configuration or an MLflow database.</summary>
internal sealed class ParamsReader : IArtifactReader
{
    public const string ReaderName = "params";

    public string Name => ReaderName;

    public bool Recognises(ArtifactFile file) =>
        (file.Stem.ToLowerInvariant() is "params" or "hparams" or "parameters" or "hyperparameters" && file.Suffix is ".json" or ".yaml" or ".yml" or ".toml") || WandbFiles.IsConfig(file);

    public Artifact Read(ArtifactFile file, CancellationToken cancellationToken)
    {
        if (MlflowDatabase.IsDatabase(file))
            return MlflowDatabase.Read(file, cancellationToken).Params ?? throw new ArtifactException("the newest run has logged no parameters");
        DvcValue root = TreeFile.Read(file);
        return new ParamsArtifact { Path = file.Path, Values = ValueFlattening.Params(WandbFiles.IsConfig(file) ? WandbFiles.Config(root) : root) };
    }
}
