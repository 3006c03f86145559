using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Pipelines;

/// <summary>The parts of a stage of a <c>dvc.yaml</c>, after templates are filled in.</summary>
internal static class StageSyntax
{
    private const string DefaultParams = "params.yaml";
    private static readonly HashSet<string> Keys = new(StringComparer.Ordinal) { "cmd", "wdir", "deps", "params", "vars", "frozen", "always_changed", "desc", "meta", "outs", "metrics", "plots" };
    private static readonly HashSet<string> OutputKeys = new(StringComparer.Ordinal) { "desc", "type", "labels", "meta", "cache", "persist", "checkpoint", "remote", "push", "template", "x", "y", "x_label", "y_label", "title", "header" };

    /// <exception cref="DvcException">A bad name or an unknown key.</exception>
    public static void Check(string name, DvcValue definition, string where)
    {
        if (!IsName(name.Split('@', 2)[0]))
            throw new DvcException($"{where}: a name has letters, digits, '-' and '_' only");
        foreach ((string key, _) in definition.Entries)
        {
            if (!Keys.Contains(key))
                throw new DvcException($"{where}: unknown key '{key}'. Known are {string.Join(", ", Keys)}.");
        }
    }

    /// <summary>No ASCII punctuation except <c>-</c> and <c>_</c>.</summary>
    public static bool IsName(string name) => name.Length > 0 && name.All(c => c is '-' or '_' || !(char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c))));

    public static IReadOnlyList<ParamsDependency> ReadParams(DvcValue list, string folder)
    {
        var keys = new OrderedDictionary<string, List<string>>(StringComparer.Ordinal);
        var whole = new HashSet<string>(StringComparer.Ordinal);
        foreach (DvcValue item in list.Items)
        {
            foreach ((string file, DvcValue value) in item.Kind == DvcValueKind.Map ? item.Entries : [KeyValuePair.Create(DefaultParams, DvcValue.Of([item]))])
            {
                if (!keys.TryGetValue(file, out List<string>? known))
                    keys[file] = known = [];
                if (value.Items.Count == 0)
                    whole.Add(file);
                known.AddRange(value.Items.Select(PythonText.Text).Where(key => !known.Contains(key, StringComparer.Ordinal)));
            }
        }

        return [.. keys.Select(file => new ParamsDependency { Text = file.Key, Path = RelativePath.Join(folder, file.Key), Keys = whole.Contains(file.Key) ? [] : file.Value })];
    }

    public static IEnumerable<Output> ReadOutputs(DvcValue list, OutputKind kind, string folder)
    {
        // The same path twice: the options are added up.
        var byPath = new OrderedDictionary<string, List<KeyValuePair<string, DvcValue>>>(StringComparer.Ordinal);
        foreach (DvcValue item in list.Items)
        {
            foreach ((string path, DvcValue options) in item.Kind == DvcValueKind.Map ? item.Entries : [KeyValuePair.Create(PythonText.Text(item), DvcValue.Null)])
            {
                if (!byPath.TryGetValue(path, out List<KeyValuePair<string, DvcValue>>? known))
                    byPath[path] = known = [];
                known.AddRange(options.Entries);
                if (options.Entries.FirstOrDefault(option => !OutputKeys.Contains(option.Key)) is { Key: { } unknown })
                    throw new DvcException($"output '{path}': unknown option '{unknown}'. Known are {string.Join(", ", OutputKeys)}.");
            }
        }

        return byPath.Select(entry => ReadOutput(entry.Key, DvcValue.Of(entry.Value), kind, folder));
    }

    private static Output ReadOutput(string text, DvcValue options, OutputKind kind, string folder) => new()
    {
        Text = text,
        Path = RelativePath.IsUrl(text) ? text : RelativePath.Join(folder, text),
        Kind = kind,
        IsCached = options.Find("cache")?.Boolean ?? true,
        IsPersistent = options.Find("persist")?.Boolean ?? false,
        IsPushed = options.Find("push")?.Boolean ?? true,
        Remote = options.Find("remote")?.Text,
        Annotations = [.. options.Entries.Where(option => option.Key is not ("cache" or "persist" or "push" or "remote" or "checkpoint"))],
    };
}
