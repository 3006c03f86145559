using System.Text;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Stages;

/// <summary>Reads and writes <c>.dvc</c> files.</summary>
public static class TrackedFile
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal) { "md5", "wdir", "deps", "outs", "locked", "frozen", "meta", "always_changed", "desc" };
    private static readonly HashSet<string> Annotations = new(StringComparer.Ordinal) { "desc", "type", "labels", "meta", "fs_config" };

    // What does not say anything about the content is left out of a stage's own hash.
    private static readonly HashSet<string> Unhashed = new(StringComparer.Ordinal) { "desc", "type", "labels", "meta", "locked", "frozen", "metric", "persist", "isexec", "size", "nfiles" };

    /// <exception cref="DvcException">Not a <c>.dvc</c> file.</exception>
    public static Stage Read(string path, ReadOnlySpan<byte> content)
    {
        DvcValue root = Parse(path, content);
        foreach ((string key, _) in root.Entries)
        {
            if (!Known.Contains(key))
                throw new DvcException($"'{path}' is not valid: it has the unknown key '{key}'{(key == "cmd" ? " (a stage of DVC 0.x; move it to dvc.yaml)" : "")}. Known are {string.Join(", ", Known)}.");
        }

        string folder = RelativePath.Join(RelativePath.Folder(path), root.Find("wdir")?.Text ?? "");
        return new Stage
        {
            File = path,
            Folder = folder,
            IsFrozen = (root.Find("frozen") ?? root.Find("locked"))?.Boolean ?? false,
            IsAlwaysChanged = root.Find("always_changed")?.Boolean ?? false,
            Description = root.Find("desc")?.Text,
            Meta = root.Find("meta"),
            RecordedHash = root.Find("md5")?.Text,
            Dependencies = [.. root.Find("deps")?.Items.Select(entry => ReadDependency(entry, folder, path)) ?? []],
            Outputs = [.. root.Find("outs")?.Items.Select(entry => ReadOutput(entry, folder, path)) ?? []],
        };
    }

    /// <summary>The file's text. An import gets the hash of itself.</summary>
    public static string Write(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        DvcValue body = Body(stage);
        if (stage.IsImport)
            body = DvcValue.Of([KeyValuePair.Create("md5", DvcValue.Of(HashOf(body))), .. body.Entries]);
        if (stage.Description is { } description)
            body = DvcValue.Of([KeyValuePair.Create("desc", DvcValue.Of(description)), .. body.Entries]);
        return YamlText.Write(body);
    }

    /// <summary>The hash that the file of an import carries.</summary>
    public static string HashOf(Stage stage) => HashOf(Body(stage));

    internal static DvcValue Parse(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            if (content.StartsWith("<<<<<<< "u8) || content.IndexOf("\n<<<<<<< "u8) >= 0)
                throw new DvcException($"'{path}' has conflict markers of a git merge. {(path.EndsWith(".lock", StringComparison.Ordinal) ? "Keep either side, such as by git checkout --ours, then run: dvc repro" : "Resolve the conflict first.")}");
            DvcValue root = YamlValueReader.ReadProject(Encoding.UTF8.GetString(content));
            return root.Kind is DvcValueKind.Map or DvcValueKind.Null ? root : throw new DvcException($"'{path}' is not valid: a map is expected");
        }
        catch (DvcFormatException e)
        {
            throw new DvcException($"'{path}' is not valid: {path}:{e.Line}:{e.Column}: {e.Message}", innerException: e);
        }
    }

    internal static string HashOf(DvcValue body)
    {
        var bare = DvcValue.Of([.. body.Entries.Where(entry => entry.Key is not "md5" && !(entry.Key == "wdir" && entry.Value.Text == "."))]);
        return Hashing.FileHash.Compute(Encoding.UTF8.GetBytes(PythonText.Json(Bare(bare), sortKeys: true)));
    }

    private static DvcValue Bare(DvcValue value) => value.Kind switch
    {
        DvcValueKind.Map => DvcValue.Of([.. value.Entries.Where(entry => !Unhashed.Contains(entry.Key)).Select(entry => KeyValuePair.Create(entry.Key, Bare(entry.Value)))]),
        DvcValueKind.List => DvcValue.Of([.. value.Items.Select(Bare)]),
        _ => value,
    };

    private static DvcValue Body(Stage stage)
    {
        var body = new List<KeyValuePair<string, DvcValue>>();
        string wdir = RelativePath.From(RelativePath.Folder(stage.File), stage.Folder);
        if (wdir != ".")
            body.Add(KeyValuePair.Create("wdir", DvcValue.Of(wdir)));
        if (stage.IsFrozen)
            body.Add(KeyValuePair.Create("frozen", DvcValue.Of(true)));
        if (stage.Dependencies.Count > 0)
            body.Add(KeyValuePair.Create("deps", DvcValue.Of([.. stage.Dependencies.Select(WriteDependency)])));
        body.Add(KeyValuePair.Create("outs", DvcValue.Of([.. stage.Outputs.Select(WriteOutput)])));
        if (stage.IsAlwaysChanged)
            body.Add(KeyValuePair.Create("always_changed", DvcValue.Of(true)));
        if (stage.Meta is { } meta)
            body.Add(KeyValuePair.Create("meta", meta));
        return DvcValue.Of(body);
    }

    private static Output ReadOutput(DvcValue entry, string folder, string file)
    {
        string text = entry.Find("path") is { Kind: DvcValueKind.Text, Text.Length: > 0 } path ? path.Text : throw new DvcException($"'{file}' is not valid: an output without path");
        return new Output
        {
            Path = RelativePath.IsUrl(text) ? text : RelativePath.Join(folder, text),
            Text = text,
            IsCached = entry.Find("cache")?.Boolean ?? true,
            IsPersistent = entry.Find("persist")?.Boolean ?? false,
            IsPushed = entry.Find("push")?.Boolean ?? true,
            Remote = entry.Find("remote")?.Text,
            Annotations = [.. entry.Entries.Where(item => Annotations.Contains(item.Key))],
            Recorded = FileRecord.Read(entry),
        };
    }

    private static DvcValue WriteOutput(Output output)
    {
        List<KeyValuePair<string, DvcValue>> entry = [.. output.Recorded?.Write(isLock: false) ?? []];
        entry.Add(KeyValuePair.Create("path", DvcValue.Of(output.Text)));
        entry.AddRange(output.Annotations);
        if (!output.IsCached)
            entry.Add(KeyValuePair.Create("cache", DvcValue.Of(false)));
        if (output.IsPersistent)
            entry.Add(KeyValuePair.Create("persist", DvcValue.Of(true)));
        if (output.Remote is { } remote)
            entry.Add(KeyValuePair.Create("remote", DvcValue.Of(remote)));
        if (!output.IsPushed)
            entry.Add(KeyValuePair.Create("push", DvcValue.Of(false)));
        return DvcValue.Of(entry);
    }

    private static Dependency ReadDependency(DvcValue entry, string folder, string file)
    {
        string text = entry.Find("path")?.Text ?? (entry.Find("db") is null ? throw new DvcException($"'{file}' is not valid: a dependency without path") : "");
        DvcValue? source = entry.Find("repo");
        return new Dependency
        {
            Path = source is not null || RelativePath.IsUrl(text) ? text : RelativePath.Join(folder, text),
            Text = text,
            Recorded = FileRecord.Read(entry),
            Repository = source is null ? null : new RepositorySource(source.Find("url")?.Text ?? "", source.Find("rev")?.Text, source.Find("rev_lock")?.Text)
            {
                Others = [.. source.Entries.Where(item => item.Key is "config" or "remote")],
            },
        };
    }

    private static DvcValue WriteDependency(Dependency dependency)
    {
        List<KeyValuePair<string, DvcValue>> entry = [.. dependency.Recorded?.Write(isLock: false) ?? []];
        entry.Add(KeyValuePair.Create("path", DvcValue.Of(dependency.Text)));
        if (dependency.Repository is { } source)
        {
            var repository = new List<KeyValuePair<string, DvcValue>> { KeyValuePair.Create("url", DvcValue.Of(source.Url)) };
            if (source.Revision is { } revision)
                repository.Add(KeyValuePair.Create("rev", DvcValue.Of(revision)));
            if (source.LockedRevision is { } locked)
                repository.Add(KeyValuePair.Create("rev_lock", DvcValue.Of(locked)));
            repository.AddRange(source.Others);
            entry.Add(KeyValuePair.Create("repo", DvcValue.Of(repository)));
        }

        return DvcValue.Of(entry);
    }
}
