using System.Text;
using CmlNet.Dvc.Configuration;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Project;

/// <summary>
/// The metrics and parameters that a <c>dvc.yaml</c> names: of its stages (relative to their <c>wdir</c>) and at its top level.
/// Names with a template in them (<c>${…}</c>) count when the other files of the revision are at hand to fill it in.
/// </summary>
public sealed class DeclaredFiles
{
    private const string DefaultParams = "params.yaml";
    private readonly OrderedDictionary<string, HashSet<string>?> _params = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, HashSet<string>?> _dependencies = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, HashSet<string>?> _used = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, bool> _metrics = new(StringComparer.Ordinal);

    /// <summary>Files or folders, relative to the project's root.</summary>
    public IReadOnlyList<string> Metrics => [.. _metrics.Keys];

    /// <summary>Parameter files with the dotted keys that are tracked, and of files that nothing else names those that templates use; null stands for the whole file.</summary>
    public IReadOnlyDictionary<string, HashSet<string>?> Params =>
        new OrderedDictionary<string, HashSet<string>?>(_params.Concat(_used.Where(file => !_params.ContainsKey(file.Key))), StringComparer.Ordinal);

    /// <summary>As <see cref="Params"/>, of those alone that a stage depends on.</summary>
    public IReadOnlyDictionary<string, HashSet<string>?> Dependencies => _dependencies;

    /// <summary>Adds what one file declares, loops unrolled and templates filled in.</summary>
    /// <param name="path">The <c>dvc.yaml</c>, relative to the project's root.</param>
    /// <param name="content">Its content.</param>
    /// <param name="read">Content of other files of the same revision; null when there is none.</param>
    /// <exception cref="DvcFormatException">It is not YAML.</exception>
    public void Add(string path, byte[] content, Func<string, byte[]?> read)
    {
        ArgumentNullException.ThrowIfNull(path);
        string text = Encoding.UTF8.GetString(content);
        if (!text.Contains("${", StringComparison.Ordinal))
        {
            Add(path, text);
            return;
        }

        try
        {
            (IReadOnlyList<Stage> stages, DvcValue metrics, DvcValue parameters, _, IReadOnlyCollection<(string File, string Key)> used) = PipelineFile.ReadAll(path, content, new DvcConfig(), read);
            AddMetrics(RelativePath.Folder(path), metrics);
            foreach (DvcValue item in parameters.Items)
                AddParams(RelativePath.Folder(path), item.Text, null);
            foreach (Output output in stages.SelectMany(stage => stage.Outputs).Where(output => output.Kind == OutputKind.Metrics))
                AddMetrics("", DvcValue.Of([DvcValue.Of(output.Path)]));
            foreach (ParamsDependency parameter in stages.SelectMany(stage => stage.Params))
                AddDependency("", parameter.Path, parameter.Keys.Count == 0 ? null : [.. parameter.Keys]);
            foreach (IGrouping<string, string> file in used.GroupBy(value => value.File, value => value.Key, StringComparer.Ordinal))
                Add(_used, "", file.Key, [.. file]);
        }
        catch (DvcException)
        {
            Add(path, text); // a table of what can be read is worth more than none; `dvc status` says what is wrong
        }
    }

    /// <summary>Adds what one file declares, as far as it can be told without other files.</summary>
    /// <param name="path">The <c>dvc.yaml</c>, relative to the project's root.</param>
    /// <param name="text">Its content.</param>
    /// <exception cref="DvcFormatException">It is not YAML.</exception>
    public void Add(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(path);
        DvcValue root = YamlValueReader.Read(text);
        string folder = path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : "";
        AddMetrics(folder, root.Find("metrics"));
        foreach (DvcValue item in root.Find("params")?.Items ?? [])
            AddParams(folder, item.Text, null);
        foreach ((_, DvcValue entry) in root.Find("stages")?.Entries ?? [])
        {
            DvcValue stage = entry.Find("do") ?? entry;
            string at = Join(folder, stage.Find("wdir")?.Text ?? "");
            AddMetrics(at, stage.Find("metrics"));
            foreach (DvcValue item in stage.Find("params")?.Items ?? [])
                AddStageParams(at, item);
        }
    }

    private void AddMetrics(string folder, DvcValue? list)
    {
        foreach (DvcValue item in list?.Items ?? [])
        {
            string name = item.Kind == DvcValueKind.Map && item.Entries.Count > 0 ? item.Entries[0].Key : item.Text;
            if (IsPlain(name))
                _metrics[Join(folder, name)] = true;
        }
    }

    private void AddStageParams(string folder, DvcValue item)
    {
        if (item.Kind != DvcValueKind.Map)
        {
            AddDependency(folder, DefaultParams, [item.Text]);
            return;
        }

        foreach ((string file, DvcValue keys) in item.Entries)
            AddDependency(folder, file, keys.Items.Count == 0 ? null : [.. keys.Items.Select(key => key.Text)]);
    }

    private void AddDependency(string folder, string file, HashSet<string>? keys)
    {
        AddParams(folder, file, keys is null ? null : [.. keys]);
        Add(_dependencies, folder, file, keys);
    }

    private void AddParams(string folder, string file, HashSet<string>? keys) => Add(_params, folder, file, keys);

    // A file named as a whole stays whole, whatever single keys of it others track.
    private static void Add(OrderedDictionary<string, HashSet<string>?> files, string folder, string file, HashSet<string>? keys)
    {
        if (!IsPlain(file))
            return;
        string path = Join(folder, file);
        if (!files.TryGetValue(path, out HashSet<string>? known))
            files[path] = keys;
        else if (keys is null)
            files[path] = null;
        else
            known?.UnionWith(keys);
    }

    private static bool IsPlain(string name) => name.Length > 0 && !name.Contains("${", StringComparison.Ordinal) && !name.StartsWith('/');

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
