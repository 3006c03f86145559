using System.Globalization;
using System.Text.RegularExpressions;

namespace CmlNet.Runner.Fleet.Gpus;

/// <summary>What <c>nvidia-smi</c> prints → <see cref="Gpu"/>s. Source: nvidia-smi --help-query-gpu of driver 470 to 580.</summary>
internal static partial class NvidiaSmi
{
    public static IReadOnlyList<string> QueryArguments { get; } =
    [
        "--query-gpu=index,uuid,memory.total,memory.used,utilization.gpu,power.draw,mig.mode.current,ecc.errors.uncorrected.volatile.total,name",
        "--format=csv,noheader,nounits",
    ];

    public static IReadOnlyList<string> ListArguments { get; } = ["-L"];

    private const int Columns = 9;
    private const long Mebibyte = 1024 * 1024;

    /// <param name="query">Output with <see cref="QueryArguments"/>.</param>
    /// <param name="list">Output with <see cref="ListArguments"/>; only read when a GPU is partitioned.</param>
    /// <exception cref="FormatException">It is no such output.</exception>
    public static IReadOnlyList<Gpu> Parse(string query, string list)
    {
        var gpus = new List<Gpu>();
        foreach (string line in query.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // The name is last, and may have a comma in it.
            string[] cells = line.Split(',', Columns, StringSplitOptions.TrimEntries);
            if (cells.Length != Columns || !int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index))
                throw new FormatException($"not a line of nvidia-smi: '{line}'");
            Gpu gpu = Read(cells, index);
            if (cells[6] == "Enabled")
                gpus.AddRange(Instances(gpu, list));
            else
                gpus.Add(gpu);
        }

        return gpus;
    }

    private static Gpu Read(string[] cells, int index)
    {
        double? memory = Number(cells[2]);
        bool isUuid = cells[1].StartsWith("GPU-", StringComparison.Ordinal);
        string? broken = Array.Find(cells, cell => cell.Contains("ERR!", StringComparison.Ordinal) || cell.Contains("Unknown Error", StringComparison.Ordinal) || cell.Contains("requires reset", StringComparison.OrdinalIgnoreCase) || cell.Contains("is lost", StringComparison.Ordinal));
        return new Gpu
        {
            Uuid = cells[1],
            Index = index,
            Name = cells[8],
            MemoryBytes = (long)(memory ?? 0) * Mebibyte,
            UsedMemoryBytes = (long)(Number(cells[3]) ?? 0) * Mebibyte,
            Utilization = Number(cells[4]),
            Watts = Number(cells[5]),
            Defect = !isUuid ? "it has no UUID"
                : broken is not null ? $"the driver says: {broken}"
                : memory is null or 0 ? "the driver does not tell its memory"
                : Number(cells[7]) > 0 ? $"{cells[7]} uncorrected memory errors since the last reset"
                : null,
        };
    }

    private static IEnumerable<Gpu> Instances(Gpu parent, string list)
    {
        bool isOwn = false;
        foreach (string line in list.Split('\n'))
        {
            if (line.StartsWith("GPU ", StringComparison.Ordinal))
                isOwn = line.Contains(parent.Uuid, StringComparison.Ordinal);
            else if (isOwn && Instance().Match(line) is { Success: true } match)
                yield return parent with
                {
                    Uuid = match.Groups["uuid"].Value,
                    Name = $"{parent.Name} MIG {match.Groups["profile"].Value}",
                    MemoryBytes = long.Parse(match.Groups["memory"].ValueSpan, CultureInfo.InvariantCulture) * 1024 * Mebibyte,
                    UsedMemoryBytes = 0,
                    Utilization = null,
                    Watts = null,
                };
        }
    }

    private static double? Number(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    [GeneratedRegex(@"MIG\s+(?<profile>\d+g\.(?<memory>\d{1,4})gb\S*)\s.*\(UUID:\s*(?<uuid>MIG-[^)\s]+)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instance();
}
