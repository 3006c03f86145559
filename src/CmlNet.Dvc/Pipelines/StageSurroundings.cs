namespace CmlNet.Dvc.Pipelines;

/// <summary>What a stage's commands get besides their own files, and where what they print goes.</summary>
public sealed record StageSurroundings
{
    /// <summary>Variables over those of this process.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The GPUs it may use, by UUID; none for as they are.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];

    /// <summary>Told each line of both streams; null when they go where ours do.</summary>
    public Action<string>? Output { get; init; }
}
