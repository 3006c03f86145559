using System.Text;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Plots.Definitions;

/// <summary>
/// The plots of a revision: of every <c>dvc.yaml</c> the outputs of its stages under <c>plots</c> (relative to their <c>wdir</c>) and its top-level list.
/// Folders stand for the files in them. Without any, what usually holds plots.
/// </summary>
public static class PlotDefinitions
{
    private static readonly string[] Suffixes = [".csv", ".tsv", ".json", ".yaml", ".yml", ".png", ".jpg", ".jpeg", ".gif", ".svg"];

    /// <exception cref="ReportInputException">A <c>dvc.yaml</c> is not YAML.</exception>
    public static IReadOnlyList<PlotDefinition> Of(IRevision revision)
    {
        ArgumentNullException.ThrowIfNull(revision);
        IReadOnlyList<string> paths = [.. revision.Paths()];
        var found = new OrderedDictionary<string, PlotDefinition>(StringComparer.Ordinal);
        bool isProject = false;
        foreach (string path in paths.Where(path => path == "dvc.yaml" || path.EndsWith("/dvc.yaml", StringComparison.Ordinal)))
        {
            isProject = true;
            foreach (PlotDefinition definition in Read(revision, path))
                found[definition.Id] = definition;
        }

        if (!isProject)
            return [.. paths.Where(path => path.StartsWith("plots/", StringComparison.Ordinal) && IsPlot(path)).Select(path => File(path, null))];
        return [.. found.Values.SelectMany(definition => Expand(definition, paths))];
    }

    private static List<PlotDefinition> Read(IRevision revision, string path)
    {
        DvcValue root;
        byte[] content = revision.Read(path) ?? [];
        string folder = path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : "";
        if (content.AsSpan().IndexOf("${"u8) >= 0 && Filled(revision, path, content) is { } declared)
            return [.. declared.Outputs.Select(plot => File(plot.Key, plot.Value)), .. Top(declared.Top, folder)];
        try
        {
            root = YamlValueReader.Read(Encoding.UTF8.GetString(content));
        }
        catch (DvcFormatException e)
        {
            throw new ReportInputException($"{path}:{e.Line}:{e.Column}: {e.Message}");
        }

        List<PlotDefinition> found = [];
        foreach ((_, DvcValue entry) in root.Find("stages")?.Entries ?? [])
        {
            DvcValue stage = entry.Find("do") ?? entry;
            string at = Join(folder, stage.Find("wdir")?.Text ?? "");
            found.AddRange((stage.Find("plots")?.Items ?? []).SelectMany(item => Entries(item)).Select(plot => File(Join(at, plot.Id), plot.Options)));
        }

        found.AddRange(Top(root.Find("plots"), folder));
        return [.. found.Where(definition => !definition.Id.Contains("${", StringComparison.Ordinal))];
    }

    private static IEnumerable<PlotDefinition> Top(DvcValue? top, string folder)
    {
        foreach ((string id, DvcValue? options) in top?.Kind == DvcValueKind.Map ? Entries(top) : (top?.Items ?? []).SelectMany(Entries))
            yield return options?.Find("y")?.Kind == DvcValueKind.Map ? OfSeveral(folder, id, options) : File(Join(folder, id), options);
    }

    // Null when a template cannot be filled in: what has none is shown all the same, and `dvc status` says what is wrong.
    private static DeclaredPlots? Filled(IRevision revision, string path, byte[] content)
    {
        try
        {
            return DeclaredPlots.Read(path, content, revision.Read);
        }
        catch (DvcException)
        {
            return null;
        }
    }

    private static IEnumerable<(string Id, DvcValue? Options)> Entries(DvcValue item) =>
        item.Kind == DvcValueKind.Map ? item.Entries.Select(entry => (entry.Key, entry.Value.Kind == DvcValueKind.Map ? entry.Value : null)) : [(item.Text, null)];

    private static PlotDefinition File(string path, DvcValue? options) => Options(options) with { Id = path, Files = [new PlotFile(path, Texts(options?.Find("y")))] };

    // y: {file: field | [fields], …}; x: field, or {file: field} whose field is looked for in every file.
    private static PlotDefinition OfSeveral(string folder, string id, DvcValue options) =>
        Options(options) with { Id = id, Files = [.. (options.Find("y")?.Entries ?? []).Select(entry => new PlotFile(Join(folder, entry.Key), Texts(entry.Value)))] };

    private static PlotDefinition Options(DvcValue? options)
    {
        DvcValue? x = options?.Find("x");
        return new PlotDefinition
        {
            Id = "",
            Files = [],
            X = x?.Kind == DvcValueKind.Map ? x.Entries.Select(entry => entry.Value.Text).FirstOrDefault() : Text(x),
            Template = Text(options?.Find("template")),
            Title = Text(options?.Find("title")),
            XLabel = Text(options?.Find("x_label")),
            YLabel = Text(options?.Find("y_label")),
        };
    }

    private static string? Text(DvcValue? value) => value is { Kind: DvcValueKind.Text } ? value.Text : null;

    private static IReadOnlyList<string> Texts(DvcValue? value) => value?.Kind == DvcValueKind.List ? [.. value.Items.Select(item => item.Text)] : Text(value) is { } text ? [text] : [];

    // A folder, of which no revision has a record but its files.
    private static PlotDefinition[] Expand(PlotDefinition definition, IReadOnlyList<string> paths)
    {
        if (definition.Files.Count != 1 || paths.Contains(definition.Files[0].Path, StringComparer.Ordinal))
            return [definition];
        string prefix = definition.Files[0].Path + "/";
        PlotDefinition[] inside = [.. paths.Where(path => path.StartsWith(prefix, StringComparison.Ordinal) && IsPlot(path)).Select(path => definition with { Id = path, Files = [definition.Files[0] with { Path = path }] })];
        return inside.Length > 0 ? inside : [definition];
    }

    private static bool IsPlot(string path) => Suffixes.Contains(System.IO.Path.GetExtension(path).ToLowerInvariant());

    private static string Join(string folder, string name)
    {
        var parts = new List<string>();
        foreach (string part in $"{folder}/{name}".Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part != ".")
                parts.Add(part);
        }

        return string.Join('/', parts);
    }
}
