using System.Globalization;
using System.Runtime.InteropServices;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Lineage;

/// <summary>What the run ran on, from the system's own files; nothing is started.</summary>
internal static class Machine
{
    private const string GpuFolder = "/proc/driver/nvidia/gpus";

    /// <summary>Only what is known. Of the environment, names that GitHub Actions and <c>cml run</c> set.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Describe(IReadOnlyDictionary<string, string> environment)
    {
        yield return KeyValuePair.Create("Machine", string.Create(CultureInfo.InvariantCulture, $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}, {Environment.ProcessorCount} cores, {ByteText.Of(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)} memory"));
        if (First("/proc/cpuinfo", "model name") is { } processor)
            yield return KeyValuePair.Create("Processor", processor);
        string[] gpus = Gpus();
        if (gpus.Length > 0)
            yield return KeyValuePair.Create("GPU", string.Join(", ", gpus.GroupBy(name => name, StringComparer.Ordinal).Select(group => group.Count() == 1 ? group.Key : $"{group.Count()} × {group.Key}")));
        if ((Named("CML_IMAGE_DIGEST") ?? Named("CML_IMAGE")) is { } image)
            yield return KeyValuePair.Create("Image", image);
        if (Named("GITHUB_WORKFLOW") is { } workflow)
            yield return KeyValuePair.Create("Workflow", Named("GITHUB_JOB") is { } job ? $"{workflow}, job {job}" : workflow);
        if (Named("GITHUB_SERVER_URL") is { } server && Named("GITHUB_REPOSITORY") is { } repository && Named("GITHUB_RUN_ID") is { } run)
            yield return KeyValuePair.Create("Run", $"{server}/{repository}/actions/runs/{run}");

        string? Named(string name) => environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
    }

    private static string[] Gpus()
    {
        try
        {
            return Directory.Exists(GpuFolder) ? [.. Directory.GetDirectories(GpuFolder).Order(StringComparer.Ordinal).Select(folder => First(Path.Combine(folder, "information"), "Model")).OfType<string>()] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // no permission to look
        }
    }

    // The value of the first "name : value" line.
    private static string? First(string path, string name)
    {
        try
        {
            string? found = File.Exists(path) ? File.ReadLines(path).Take(200).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(':', StringComparison.Ordinal)) : null;
            return found?[(found.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // as above
        }
    }
}
