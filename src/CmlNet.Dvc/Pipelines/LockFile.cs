using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Pipelines;

/// <summary>A <c>dvc.lock</c>: schema 2.0, or the older one that began with the stages. Stages that are not changed keep what they have, and their place.</summary>
internal sealed class LockFile
{
    private readonly OrderedDictionary<string, LockEntry> _stages = new(StringComparer.Ordinal);
    private readonly DvcValue? _datasets;

    private LockFile(DvcValue root, string path)
    {
        DvcValue? schema = root.Find("schema");
        if (schema is not null && schema.Text != "2.0")
            throw new DvcException($"'{path}' has the schema '{schema.Text}'; only 2.0 and the older one without a schema can be read");
        _datasets = root.Find("datasets");
        foreach ((string name, DvcValue entry) in (schema is null ? root : root.Find("stages"))?.Entries ?? [])
            _stages[name] = new LockEntry(entry);
    }

    public IReadOnlyDictionary<string, LockEntry> Stages => _stages;

    /// <summary>The lock file that goes with a <c>dvc.yaml</c>.</summary>
    public static string PathFor(string pipelineFile) => Path.ChangeExtension(pipelineFile, ".lock");

    /// <exception cref="DvcException">Not a lock file.</exception>
    public static LockFile Read(string path, byte[]? content) => new(content is null ? DvcValue.Of(Array.Empty<KeyValuePair<string, DvcValue>>()) : TrackedFile.Parse(path, content), path);

    public void Set(string stage, LockEntry entry) => _stages[stage] = entry;

    public bool Remove(string stage) => _stages.Remove(stage);

    public string Write()
    {
        var root = new List<KeyValuePair<string, DvcValue>> { KeyValuePair.Create("schema", DvcValue.Of("2.0")) };
        if (_datasets is not null)
            root.Add(KeyValuePair.Create("datasets", _datasets));
        root.Add(KeyValuePair.Create("stages", DvcValue.Of([.. _stages.Select(stage => KeyValuePair.Create(stage.Key, stage.Value.Value))])));
        return YamlText.Write(DvcValue.Of(root));
    }
}
