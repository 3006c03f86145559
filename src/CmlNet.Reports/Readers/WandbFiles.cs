using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Readers;

/// <summary>What Weights &amp; Biases leaves in a run's <c>files</c> folder, as plain metrics and parameters.</summary>
internal static class WandbFiles
{
    public static bool IsSummary(ArtifactFile file) => Path.GetFileName(file.FullPath) == "wandb-summary.json";

    /// <summary>A <c>config.yaml</c> whose entries are maps with a <c>value</c>.</summary>
    public static bool IsConfig(ArtifactFile file) => Path.GetFileName(file.FullPath) == "config.yaml" && file.Head.Contains("wandb_version", StringComparison.Ordinal);

    /// <summary>Without bookkeeping (<c>_step</c>, <c>_runtime</c>, …) and without media, which are maps with a <c>_type</c>.</summary>
    public static DvcValue Summary(DvcValue root) =>
        DvcValue.Of([.. root.Entries.Where(entry => !entry.Key.StartsWith('_') && entry.Value.Find("_type") is null)]);

    /// <summary>The values out of their wrappings.</summary>
    public static DvcValue Config(DvcValue root) =>
        DvcValue.Of([.. root.Entries.Where(entry => entry.Key is not ("_wandb" or "wandb_version")).Select(entry => entry.Value.Find("value") is { } value ? KeyValuePair.Create(entry.Key, value) : entry)]);
}
