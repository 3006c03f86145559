using CmlNet.Dvc.Storage;
using CmlNet.Reports.Comparison;
using CmlNet.Reports.Contracts;
using CmlNet.Reports.Gates;

namespace CmlNet.Reports.Configuration;

/// <summary>The <c>report:</c> part of a <c>cml.yaml</c>.</summary>
public sealed record ReportConfiguration
{
    /// <summary>The name looked for when no other is given.</summary>
    public const string FileName = "cml.yaml";

    private const int LargestFile = 1024 * 1024;

    /// <summary>Absolute; the files it names are relative to it.</summary>
    public required string Directory { get; init; }

    public string? Title { get; init; }

    /// <summary><c>auto</c>, <c>none</c>, a revision or a folder; null when not given.</summary>
    public string? Baseline { get; init; }

    /// <summary>Conditions in the order they are written.</summary>
    public IReadOnlyList<Gate> Gates { get; init; } = [];

    /// <summary>Null when everything that is found is to be reported.</summary>
    internal IReadOnlyList<SectionConfiguration>? Sections { get; init; }

    /// <summary>Which way metrics should go, from every metrics section.</summary>
    internal DirectionRules Directions => new(
        [.. (Sections ?? []).SelectMany(section => section.Options.Texts("higher-is-better"))],
        [.. (Sections ?? []).SelectMany(section => section.Options.Texts("lower-is-better"))]);

    /// <summary>Reads a file; null when it has no <c>report:</c>.</summary>
    /// <param name="fullPath">Absolute path.</param>
    /// <param name="name">As messages should call it.</param>
    /// <exception cref="ConfigException">Every defect at once.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ReportConfiguration? Read(string fullPath, string name)
    {
        ArgumentNullException.ThrowIfNull(fullPath);
        if (new FileInfo(fullPath).Length > LargestFile)
            throw new ConfigException([new ConfigError(name, 1, 1, "larger than 1 MiB; a configuration this size is not read")]);
        if (FileKind.IsStream(fullPath))
            throw new IOException(FileKind.StreamRefusal);
        return Parse(File.ReadAllText(fullPath), name, Path.GetDirectoryName(Path.GetFullPath(fullPath)) ?? "/");
    }

    internal static ReportConfiguration? Parse(string text, string name, string directory)
    {
        List<ConfigError> errors = [];
        ConfigNode? root = ConfigParser.Parse(name, text, errors);
        ConfigNode? report = root?.Find("report");
        var check = new ConfigCheck(name);
        if (root is { IsNull: false })
            check.Check(root, ReportSchema.File, name);
        errors.AddRange(check.Errors);
        IReadOnlyList<Gate> gates = GateReader.Read(report?.Find("gates")?.Items ?? [], name, errors);
        foreach (ConfigNode contract in (report?.Find("sections")?.Items ?? []).Select(section => section.Find("contract")).OfType<ConfigNode>())
            errors.AddRange(ContractRules.Defects(contract, name));
        if (errors.Count > 0)
            throw new ConfigException([.. errors.OrderBy(error => error.Line).ThenBy(error => error.Column)]);
        return report is null ? null : new ReportConfiguration
        {
            Directory = directory,
            Title = report.Text("title"),
            Baseline = report.Text("baseline"),
            Gates = gates,
            Sections = report.Find("sections")?.Items is { } sections ? [.. sections.Select(section => new SectionConfiguration(section.Entries![0].Key, section.Entries[0].Value))] : null, // one key: checked
        };
    }
}
