using System.Globalization;

namespace CmlNet.Runner.Harvest;

/// <summary>What a job used, as a Markdown table. Numbers of our own only.</summary>
internal static class UsageTable
{
    public static string Render(JobUsage usage)
    {
        var rows = new List<(string Name, string Value)>
        {
            ("Time", Duration(usage.Span)),
            ("CPU time", Duration(TimeSpan.FromSeconds(usage.CpuSeconds))),
            ("Peak memory", Size(usage.PeakMemoryBytes)),
        };
        if (usage.Gpus > 0)
        {
            rows.Add(("GPUs", usage.Gpus.ToString(CultureInfo.InvariantCulture)));
            if (usage.GpuUtilization is { } utilization)
                rows.Add(("GPU utilization, mean", utilization.ToString("0", CultureInfo.InvariantCulture) + " %"));
            rows.Add(("GPU memory, peak", Size(usage.PeakGpuMemoryBytes)));
            if (usage.WattHours > 0)
                rows.Add(("GPU energy", usage.WattHours.ToString("0.#", CultureInfo.InvariantCulture) + " Wh"));
        }

        rows.Add(("Network", Size(usage.NetworkBytes)));
        rows.Add(("Disk", Size(usage.DiskBytes)));
        return "\n### Resources\n\n| | |\n|---|--:|\n" + string.Concat(rows.Select(row => $"| {row.Name} | {row.Value} |\n"));
    }

    private static string Size(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + units[unit];
    }

    private static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min")
        : time.TotalMinutes >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s") : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
