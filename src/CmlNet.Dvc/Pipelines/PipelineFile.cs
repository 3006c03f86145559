using CmlNet.Dvc.Configuration;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Templating;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Pipelines;

/// <summary>Reads a <c>dvc.yaml</c>: fills templates in, unrolls loops, and takes over what its lock file recorded.</summary>
internal sealed class PipelineFile
{
    private static readonly HashSet<string> TopKeys = new(StringComparer.Ordinal) { "stages", "vars", "params", "metrics", "plots", "artifacts", "datasets" };
    private readonly string _path;
    private readonly string _folder;
    private readonly Func<string, byte[]?> _read;

    private PipelineFile(string path, Func<string, byte[]?> read) => (_path, _folder, _read) = (path, RelativePath.Folder(path), read);

    /// <summary>Every stage, in file order.</summary>
    /// <param name="path">The <c>dvc.yaml</c>, relative to the project's root.</param>
    /// <param name="content">Its content.</param>
    /// <param name="config">How values become options.</param>
    /// <param name="read">Content of other files of the same revision; null when there is none.</param>
    /// <exception cref="DvcException">The file, one it names, or its lock file is not valid.</exception>
    public static IReadOnlyList<Stage> Read(string path, byte[] content, DvcConfig config, Func<string, byte[]?> read) => ReadAll(path, content, config, read).Stages;

    /// <summary>As <see cref="Read"/>, with the file's own lists of metrics, parameter files and plots, and the values of other files that templates use.</summary>
    public static (IReadOnlyList<Stage> Stages, DvcValue Metrics, DvcValue Params, DvcValue Plots, IReadOnlyCollection<(string File, string Key)> Used) ReadAll(string path, byte[] content, DvcConfig config, Func<string, byte[]?> read)
    {
        var file = new PipelineFile(path, read);
        DvcValue root = TrackedFile.Parse(path, content);
        foreach ((string key, _) in root.Entries)
        {
            if (!TopKeys.Contains(key))
                throw new DvcException($"'{path}' is not valid: it has the unknown key '{key}'. Known are {string.Join(", ", TopKeys)}.");
        }

        var template = new Interpolation(file.Context(root.Find("vars")), config.Get("parsing", "bool") == "boolean_optional", config.Get("parsing", "list") == "append");
        string lockPath = LockFile.PathFor(path);
        var locked = LockFile.Read(lockPath, read(lockPath));
        var stages = new List<Stage>();
        foreach ((string name, DvcValue entry) in root.Find("stages")?.Entries ?? [])
        {
            foreach ((string full, DvcValue definition, Interpolation filled) in StageExpansion.Expand(name, entry, template))
            {
                Stage stage = file.ReadStage(full, definition, filled);
                locked.Stages.GetValueOrDefault(full)?.Apply(stage);
                stages.Add(stage);
            }
        }

        DvcValue Filled(string key) => template.Fill(root.Find(key) ?? DvcValue.Null, $"{path}: {key}");
        (string File, string Key)[] used = [.. template.Context.Used.Where(value => value.File != path)];
        return (stages, Filled("metrics"), Filled("params"), Filled("plots"), used);
    }

    private TemplateContext Context(DvcValue? vars)
    {
        TemplateContext context = TemplateContext.Empty;
        string parameters = RelativePath.Join(_folder, "params.yaml");
        if (_read(parameters) is { } content)
            context.Merge(Values(parameters, content), parameters);
        AddVars(context, vars, _folder);
        return context;
    }

    private void AddVars(TemplateContext context, DvcValue? vars, string folder)
    {
        foreach (DvcValue item in vars?.Items ?? [])
        {
            if (item.Kind == DvcValueKind.Map)
            {
                context.Merge(item, _path);
                continue;
            }

            string[] parts = item.Text.Split(':', 2);
            string path = RelativePath.Join(folder, parts[0]);
            if (path == RelativePath.Join(_folder, "params.yaml") && parts.Length == 1)
                continue; // it is there already
            DvcValue values = Values(path, _read(path) ?? throw new DvcException($"'{_path}': vars name '{path}', which is not there"));
            context.Merge(parts.Length == 1 ? values : DvcValue.Of([.. parts[1].Split(',').Select(key => KeyValuePair.Create(key, values.Find(key) ?? throw new DvcException($"'{_path}': vars name '{key}', which is not in '{path}'")))]), path);
        }
    }

    private static DvcValue Values(string path, byte[] content) => ParamsFile.Read(path, content);

    private Stage ReadStage(string name, DvcValue definition, Interpolation template)
    {
        string where = $"{_path}: stage '{name}'";
        StageSyntax.Check(name, definition, where);
        string folder = RelativePath.Join(_folder, definition.Find("wdir") is { } wdir ? PythonText.Text(template.Fill(wdir, where)) : "");
        if (definition.Find("vars") is { } vars)
        {
            template = template.With(template.Context.Clone());
            AddVars(template.Context, vars, folder);
        }

        DvcValue Filled(string key) => definition.Find(key) is { } value ? template.Fill(value, where) : DvcValue.Null;
        DvcValue command = definition.Find("cmd") is { Kind: not (DvcValueKind.Null or DvcValueKind.Map) } cmd ? template.Fill(cmd, where, isCommand: true) : throw new DvcException($"{where}: cmd is missing, or is neither a text nor a list of texts");
        return new Stage
        {
            File = _path,
            Name = name,
            Folder = folder,
            Command = command.Kind == DvcValueKind.List ? DvcValue.Of([.. command.Items.Select(item => DvcValue.Of(PythonText.Text(item)))]) : DvcValue.Of(PythonText.Text(command)),
            IsFrozen = definition.Find("frozen")?.Boolean ?? false,
            IsAlwaysChanged = definition.Find("always_changed")?.Boolean ?? false,
            Description = definition.Find("desc")?.Text,
            Meta = definition.Find("meta"),
            Dependencies = [.. Filled("deps").Items.Select(PythonText.Text).Distinct(StringComparer.Ordinal).Select(text => new Dependency { Text = text, Path = RelativePath.IsUrl(text) ? text : RelativePath.Join(folder, text) })],
            Params = StageSyntax.ReadParams(Filled("params"), folder),
            Outputs = [.. StageSyntax.ReadOutputs(Filled("outs"), OutputKind.Data, folder), .. StageSyntax.ReadOutputs(Filled("metrics"), OutputKind.Metrics, folder), .. StageSyntax.ReadOutputs(Filled("plots"), OutputKind.Plots, folder)],
        };
    }
}
