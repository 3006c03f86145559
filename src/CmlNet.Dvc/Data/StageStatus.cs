using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Data;

/// <summary>What makes a stage out of date.</summary>
public sealed class StageStatus
{
    private StageStatus(Stage stage) => Stage = stage;

    public Stage Stage { get; }

    /// <summary>Path (of a parameter file: with the keys), and how it changed.</summary>
    public IReadOnlyList<KeyValuePair<string, DvcValue>> Dependencies { get; private set; } = [];

    public IReadOnlyList<KeyValuePair<string, DvcValue>> Outputs { get; private set; } = [];

    /// <summary><c>changed command</c>, <c>changed checksum</c>, <c>always changed</c>; null for none.</summary>
    public string? Other { get; private set; }

    public bool IsChanged => Dependencies.Count > 0 || Outputs.Count > 0 || Other is not null;

    /// <summary>DVC's shape: a list of maps and texts.</summary>
    /// <param name="others">Dependencies that changed elsewhere.</param>
    public DvcValue ToValue(IEnumerable<KeyValuePair<string, DvcValue>>? others = null)
    {
        List<KeyValuePair<string, DvcValue>> dependencies = [.. Dependencies, .. others ?? []];
        var items = new List<DvcValue>();
        if (dependencies.Count > 0)
            items.Add(DvcValue.Of([KeyValuePair.Create("changed deps", DvcValue.Of(dependencies))]));
        if (Outputs.Count > 0)
            items.Add(DvcValue.Of([KeyValuePair.Create("changed outs", DvcValue.Of([.. Outputs]))]));
        if (Other is not null)
            items.Add(DvcValue.Of(Other));
        return DvcValue.Of(items);
    }

    /// <summary>Looks at everything a stage names.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="project">Its project.</param>
    /// <param name="allowsMissing">Data that is only missing, and known from the records, is no change.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static StageStatus Read(Stage stage, DvcProject project, bool allowsMissing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(project);
        var hasher = new WorkspaceHasher(project);
        var status = new StageStatus(stage);
        if (!stage.IsFrozen)
            status.Dependencies = [.. ReadDependencies(stage, project, hasher, allowsMissing, cancellationToken)];
        status.Outputs = [.. ReadOutputs(stage, project, hasher, allowsMissing, cancellationToken)];
        if (stage.IsAlwaysChanged || stage.IsCallback)
            status.Other = "always changed";
        else if (stage.Command is not null && !(stage.RecordedCommand is { } recorded && ParamsFile.AreEqual(recorded, stage.Command)))
            status.Other = "changed command";
        else if (stage is { IsImport: true, RecordedHash: { } hash } && hash != TrackedFile.HashOf(stage) && !stage.Outputs.Any(output => output.Recorded?.Id?.IsLegacy == true))
            status.Other = "changed checksum";
        return status;
    }

    /// <summary>How one output differs from its record.</summary>
    public static ChangeKind ReadOutput(Output output, DvcProject project, WorkspaceHasher hasher, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(hasher);
        if (output.IsCached && output.Recorded?.Id is { } id && !project.Cache.ContainsAll(id))
            return ChangeKind.NotInCache;
        return Compare(output.Path, output.Recorded, hasher, cancellationToken);
    }

    /// <summary>Whether what lies in the work tree is what is recorded, in the cache or not.</summary>
    public static bool IsAsRecorded(Output output, WorkspaceHasher hasher, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(hasher);
        return Compare(output.Path, output.Recorded, hasher, cancellationToken) == ChangeKind.None;
    }

    internal static string Word(ChangeKind kind) => kind switch
    {
        ChangeKind.NotInCache => "not in cache",
        ChangeKind.Deleted => "deleted",
        ChangeKind.New => "new",
        _ => "modified",
    };

    private static ChangeKind Compare(string path, FileRecord? recorded, WorkspaceHasher hasher, CancellationToken cancellationToken)
    {
        HashedPath? present = hasher.Hash(path, recorded?.Id?.IsLegacy ?? false, cancellationToken);
        if (present is null)
            return ChangeKind.Deleted;
        return present.Id == recorded?.Id ? ChangeKind.None : ChangeKind.Modified;
    }

    private static IEnumerable<KeyValuePair<string, DvcValue>> ReadOutputs(Stage stage, DvcProject project, WorkspaceHasher hasher, bool allowsMissing, CancellationToken cancellationToken)
    {
        foreach (Output output in stage.Outputs)
        {
            ChangeKind kind = ReadOutput(output, project, hasher, cancellationToken);
            if (kind == ChangeKind.None || (allowsMissing && kind is ChangeKind.NotInCache or ChangeKind.Deleted && output.Recorded is not null))
                continue;
            yield return KeyValuePair.Create(output.Path, DvcValue.Of(Word(kind)));
        }
    }

    private static IEnumerable<KeyValuePair<string, DvcValue>> ReadDependencies(Stage stage, DvcProject project, WorkspaceHasher hasher, bool allowsMissing, CancellationToken cancellationToken)
    {
        foreach (Dependency dependency in stage.Dependencies.Where(dependency => !dependency.IsImport))
        {
            ChangeKind kind = Compare(dependency.Path, dependency.Recorded, hasher, cancellationToken);
            if (kind != ChangeKind.None && !(allowsMissing && kind == ChangeKind.Deleted && dependency.Recorded is not null))
                yield return KeyValuePair.Create(dependency.Path, DvcValue.Of(Word(kind)));
        }

        var files = new WorkTree(project);
        foreach (ParamsDependency parameter in stage.Params)
        {
            if (ReadParams(parameter, files) is { } change)
                yield return KeyValuePair.Create(parameter.Path, change);
        }
    }

    private static DvcValue? ReadParams(ParamsDependency parameter, WorkTree files)
    {
        if (files.Read(parameter.Path) is not { } content)
            return DvcValue.Of("deleted");
        if (parameter.Recorded is null && parameter.Keys.Count == 0)
            return DvcValue.Of("new");
        var changes = new List<KeyValuePair<string, DvcValue>>();
        IReadOnlyList<KeyValuePair<string, DvcValue>> now = ParamsValues.Current(parameter, ParamsFile.Read(parameter.Path, content));
        Dictionary<string, DvcValue> then = (parameter.Recorded ?? []).ToDictionary(StringComparer.Ordinal);
        foreach ((string key, DvcValue value) in now)
        {
            if (!then.TryGetValue(key, out DvcValue? old))
                changes.Add(KeyValuePair.Create(key, DvcValue.Of("new")));
            else if (!ParamsFile.AreEqual(old, value))
                changes.Add(KeyValuePair.Create(key, DvcValue.Of("modified")));
        }

        IEnumerable<string> expected = parameter.Keys.Count == 0 ? then.Keys : parameter.Keys;
        changes.AddRange(expected.Except(now.Select(item => item.Key), StringComparer.Ordinal).Select(key => KeyValuePair.Create(key, DvcValue.Of("deleted"))));
        return changes.Count == 0 ? null : DvcValue.Of(changes);
    }
}
