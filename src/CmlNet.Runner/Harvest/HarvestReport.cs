using CmlNet.Reports;
using CmlNet.Reports.Baselines;
using CmlNet.Reports.Configuration;
using CmlNet.Reports.Markdown;

namespace CmlNet.Runner.Harvest;

/// <summary>The files of a job → its report. The job's own <c>cml.yaml</c> is followed only as far as it stays among them.</summary>
internal static class HarvestReport
{
    private const string Assets = ".cml-assets";

    /// <summary>Writes the report's pictures beside the files.</summary>
    /// <param name="folder">Absolute; holds what was unpacked and nothing else.</param>
    /// <param name="title">First heading, unless the job's configuration has one.</param>
    /// <param name="baseline">A folder and the name of one in it to compare with; null for none.</param>
    /// <param name="now">For the age of what is compared with.</param>
    /// <param name="refused">Told why the job's configuration was not followed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Markdown; null when there is nothing to report.</returns>
    public static string? Build(string folder, string title, (string Folder, string Name)? baseline, DateTimeOffset now, Action<string> refused, CancellationToken cancellationToken)
    {
        // Ours alone: the job may have left something of that name.
        RemoveAssets(folder);
        ReportConfiguration? configuration = ReadConfiguration(folder, refused);
        string assets = Path.Combine(folder, Assets);
        var request = new ReportRequest
        {
            Directory = folder,
            // A baseline's name is shown, so it is a relative one.
            WorkingDirectory = baseline?.Folder ?? folder,
            Baseline = baseline is { } known ? new BaselineRequest { Asked = known.Name, IsExplicit = false, Now = now } : null,
            Title = configuration?.Title ?? title,
            Configuration = configuration,
            ExcludedDirectories = [assets],
        };
        BuiltReport built;
        try
        {
            built = new ReportBuilder().Build(request, cancellationToken);
        }
        catch (ReportInputException exception)
        {
            refused(exception.Message);
            return null;
        }

        if (built.Model.Sections.Count == 0)
            return null;
        MarkdownReport report = new MarkdownWriter().Render(built.Model, new MarkdownTarget { OutputDirectory = folder, AssetsDirectory = assets }, cancellationToken);
        if (report.Assets.Count > 0)
            Directory.CreateDirectory(assets);
        foreach (ReportAsset asset in report.Assets)
            File.WriteAllBytes(asset.FullPath, asset.Content.ToArray());
        return report.Text;
    }

    /// <summary>Takes away what <see cref="Build"/> wrote beside the files.</summary>
    public static void RemoveAssets(string folder)
    {
        string assets = Path.Combine(folder, Assets);
        if (Directory.Exists(assets))
            Directory.Delete(assets, recursive: true);
        else
            File.Delete(assets);
    }

    private static ReportConfiguration? ReadConfiguration(string folder, Action<string> refused)
    {
        string path = Path.Combine(folder, ReportConfiguration.FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            // It names files, and this is not the job's machine any more: nothing outside of the folder may be read.
            if (ConfigParser.Parse(ReportConfiguration.FileName, File.ReadAllText(path)) is { } root && FindWayOut(root) is { } way)
            {
                refused($"it names '{way}', which is outside of what the job left");
                return null;
            }

            return ReportConfiguration.Read(path, ReportConfiguration.FileName);
        }
        catch (ConfigException exception)
        {
            refused(exception.Message.ReplaceLineEndings(" "));
            return null;
        }
    }

    private static string? FindWayOut(ConfigNode node)
    {
        if (node.AsText is { } text)
            return text.StartsWith('/') || text.StartsWith('~') || text.Contains('\\', StringComparison.Ordinal) || text.Split('/').Contains("..", StringComparer.Ordinal) ? text : null;
        return (node.Items ?? []).Concat((node.Entries ?? []).Select(entry => entry.Value)).Select(FindWayOut).FirstOrDefault(found => found is not null);
    }
}
