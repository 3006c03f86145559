namespace CmlNet.Reports.Readers.Mlflow;

/// <summary>The newest run of an MLflow file store (a run's <c>meta.yaml</c>) or of an <c>mlflow.db</c>.</summary>
internal sealed class MlflowReader : IArtifactReader
{
    public string Name => "mlflow";

    public string FailsIn => MetricsReader.ReaderName;

    public bool Recognises(ArtifactFile file) => IsStore(file) || MlflowDatabase.IsDatabase(file);

    public Artifact Read(ArtifactFile file, CancellationToken cancellationToken) =>
        IsStore(file) ? MlflowStore.Read(file, cancellationToken) : MlflowDatabase.Read(file, cancellationToken);

    /// <summary>Whether the file stands for a run of a file store.</summary>
    public static bool IsStore(ArtifactFile file) =>
        Path.GetFileName(file.FullPath) == "meta.yaml" && Path.GetDirectoryName(file.FullPath) is { } run && Directory.Exists(Path.Combine(run, "metrics"));
}
