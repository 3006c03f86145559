using System.Globalization;
using System.Text.RegularExpressions;
using CmlNet.Runner.Configuration;

namespace CmlNet.Runner.Jobs.GitHub.Rest;

/// <summary>Whether a job's labels are a pool's, and which GPUs they ask for.</summary>
internal static partial class JobLabels
{
    private const int MostGpus = 64;

    // What the official runner calls itself everywhere.
    private static readonly string[] Usual = ["self-hosted", "linux", "x64", "arm64"];

    /// <summary>Null when the job is not for this pool: every label must be one of the pool's, a usual one, or a GPU label.</summary>
    public static JobWish? Match(WorkflowJob job, PoolConfiguration pool)
    {
        IReadOnlyList<string> labels = job.Labels ?? [];
        bool isOurs = labels.Any(label => Has(pool.Labels, label)) || (labels.Contains("self-hosted", StringComparer.OrdinalIgnoreCase) && labels.Any(label => GpuLabel().IsMatch(label)));
        if (!isOurs || labels.Any(label => !Has(pool.Labels, label) && !Has(Usual, label) && !GpuLabel().IsMatch(label)))
            return null;
        return new JobWish
        {
            RequestId = job.Id,
            Labels = labels,
            Gpus = Find(labels, "count") is { } count ? (int)Math.Min(count, MostGpus) : null,
            GpuMemoryBytes = Find(labels, "memory") is { } gigabytes ? gigabytes * 1_000_000_000 : null,
        };
    }

    private static long? Find(IReadOnlyList<string> labels, string group) => labels
        .Select(label => GpuLabel().Match(label))
        .Where(match => match.Groups[group].Success)
        .Select(match => (long?)long.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture))
        .FirstOrDefault();

    private static bool Has(IEnumerable<string> labels, string label) => labels.Contains(label, StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(?:gpu:(?<count>\d{1,3})|gpu-mem:(?<memory>\d{1,5})gb?)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GpuLabel();
}
