using CmlNet.Reports.Contracts;
using CmlNet.Reports.Drift;
using CmlNet.Reports.Performance;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Lineage;

/// <summary>The models and data files that a report names: those whose size, drift or contract it tells of, and what they were held against.</summary>
internal static class LineageInputs
{
    /// <summary>Only files that were read.</summary>
    public static IEnumerable<(string Path, string FullPath)> Of(ReportRequest request, IReadOnlyList<Artifact> artifacts)
    {
        string directory = request.Configuration?.Directory ?? request.Directory;
        HashSet<string> read = [.. artifacts.Where(artifact => artifact is DriftArtifact or ContractArtifact).Select(artifact => artifact.Path)];
        IEnumerable<string> data = (request.Configuration?.Sections ?? []).Where(section => section.Name is "drift" or "contract")
            .SelectMany(section => (string?[])[section.Options.Text("current") ?? section.Options.Text("data"), section.Options.Text("reference")] is [{ } now, var reference] && read.Contains(now) ? [now, reference] : Array.Empty<string?>())
            .OfType<string>();
        return artifacts.OfType<SizeArtifact>().Select(size => (size.Path, size.FullPath)).Concat(data.Select(path => (path, Path.GetFullPath(path, directory)))).DistinctBy(file => file.Item2, StringComparer.Ordinal);
    }
}
