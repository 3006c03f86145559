using System.Text.Json.Serialization;

namespace CmlNet.Publishing.Bundles;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BundleManifest))]
internal sealed partial class BundleWire : JsonSerializerContext;

/// <summary>What <c>manifest.json</c> holds.</summary>
/// <param name="Version">1.</param>
/// <param name="Sha">The commit the report is about.</param>
/// <param name="Files">Every other file of the bundle, <c>report.md</c> included.</param>
internal sealed record BundleManifest(int Version, string? Sha, IReadOnlyList<BundleFile?>? Files)
{
    /// <summary>Label of the report's comment, for who writes another bundle: the job that posts does not take it from a stranger.</summary>
    public string? Label { get; init; }
}

/// <summary>One file of a bundle.</summary>
internal sealed record BundleFile(string? Path, long Size, string? Sha256);
