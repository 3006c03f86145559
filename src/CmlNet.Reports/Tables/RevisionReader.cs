using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Tables;

/// <summary>Metrics or parameters of a revision, from the files that <c>dvc.yaml</c> names at that revision, or from named ones.</summary>
public sealed class RevisionReader
{
    private const string DefaultParams = "params.yaml";
    private readonly ValueQuery _query;
    private readonly List<KeyValuePair<string, string>> _errors = [];

    private bool _isSearched;

    private RevisionReader(ValueQuery query) => _query = query;

    /// <summary>Reads one revision; a broken file becomes an error beside the rest.</summary>
    public static RevisionValues Read(IRevision revision, ValueQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(revision);
        ArgumentNullException.ThrowIfNull(query);
        return new RevisionReader(query).Read(revision, cancellationToken);
    }

    private RevisionValues Read(IRevision revision, CancellationToken cancellationToken)
    {
        var files = new List<KeyValuePair<string, DvcValue>>();
        foreach ((string path, HashSet<string>? keys) in Files(revision))
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte[]? content = null;
            try
            {
                content = revision.Read(path);
                if (content is not null)
                    files.Add(KeyValuePair.Create(Shown(path), Values(path, content, keys, cancellationToken)));
            }
            catch (ArtifactException) when (_isSearched && IsHistory(path, content))
            {
                continue; // nobody said that a table of steps of that name were metrics
            }
            catch (Exception e) when (e is ArtifactException or DvcFormatException or IOException or UnauthorizedAccessException)
            {
                _errors.Add(KeyValuePair.Create(Shown(path), e switch
                {
                    ArtifactException broken => broken.At(Shown(path)),
                    DvcFormatException broken => $"{Shown(path)}:{broken.Line}:{broken.Column}: {broken.Message}",
                    _ => $"{Shown(path)}: {e.Message}",
                }));
            }
        }

        return new RevisionValues { Revision = revision.Name, Files = files, Errors = _errors };
    }

    private IEnumerable<KeyValuePair<string, HashSet<string>?>> Files(IRevision revision)
    {
        if (_query.Targets.Count > 0)
            return Whole(_query.Targets.Select(target => Normal(_query.Prefix.Length == 0 ? target : $"{_query.Prefix}/{target}")));
        IReadOnlyList<string> paths = [.. revision.Paths()];
        var declared = new DeclaredFiles();
        bool isProject = false;
        foreach (string path in paths.Where(path => path == "dvc.yaml" || path.EndsWith("/dvc.yaml", StringComparison.Ordinal)))
        {
            isProject = true;
            Declare(revision, path, declared);
        }

        _isSearched = !isProject;
        if (!isProject)
            return Whole(paths.Where(IsUsual));
        return _query.IsParams ? Params(declared, paths) : Whole(Expand(declared.Metrics, paths));
    }

    private static List<KeyValuePair<string, HashSet<string>?>> Whole(IEnumerable<string> paths)
    {
        var files = new List<KeyValuePair<string, HashSet<string>?>>();
        foreach (string path in paths)
            files.Add(KeyValuePair.Create(path, (HashSet<string>?)null));
        return files;
    }

    private void Declare(IRevision revision, string path, DeclaredFiles declared)
    {
        try
        {
            declared.Add(path, revision.Read(path) ?? [], revision.Read);
        }
        catch (DvcFormatException e)
        {
            _errors.Add(KeyValuePair.Create(Shown(path), $"{Shown(path)}:{e.Line}:{e.Column}: {e.Message}"));
        }
    }

    // As in DVC, params.yaml at the root is shown whole, whatever single keys of it stages depend on.
    private IEnumerable<KeyValuePair<string, HashSet<string>?>> Params(DeclaredFiles declared, IReadOnlyList<string> paths)
    {
        if (_query.OnlyDependencies)
            return declared.Dependencies;
        IEnumerable<KeyValuePair<string, HashSet<string>?>> whole = paths.Contains(DefaultParams, StringComparer.Ordinal) ? [KeyValuePair.Create(DefaultParams, (HashSet<string>?)null)] : [];
        return whole.Concat(declared.Params.Where(file => file.Key != DefaultParams || !whole.Any()));
    }

    private static IEnumerable<string> Expand(IReadOnlyList<string> declared, IReadOnlyList<string> paths) =>
        declared.SelectMany(name => paths.Contains(name, StringComparer.Ordinal) ? [name] : paths.Where(path => path.StartsWith(name + "/", StringComparison.Ordinal)) is var inside && inside.Any() ? inside : [name]).Distinct(StringComparer.Ordinal);

    private bool IsUsual(string path)
    {
        var file = new ArtifactFile { FullPath = path, Path = path, IsNamed = false };
        IArtifactReader reader = _query.IsParams ? new ParamsReader() : new MetricsReader();
        return path.Count(c => c == '/') <= 2 && reader.Recognises(file);
    }

    private static bool IsHistory(string path, byte[]? content) =>
        content is not null && new HistoryReader().Recognises(new ArtifactFile { FullPath = path, Path = path, IsNamed = false, Content = content });

    private DvcValue Values(string path, byte[] content, HashSet<string>? keys, CancellationToken cancellationToken)
    {
        var file = new ArtifactFile { FullPath = path, Path = Shown(path), IsNamed = true, Content = content };
        if (!_query.IsParams && file.Suffix is ".csv" or ".tsv")
            return DvcValue.Of(((MetricsArtifact)new MetricsReader().Read(file, cancellationToken)).Values);
        DvcValue root = ValueFile.Read(path, file.ReadText());
        if (!_query.IsParams)
            return ValueFlattening.OnlyMetrics(root) ?? DvcValue.Of(Array.Empty<KeyValuePair<string, DvcValue>>());
        return keys is null ? root : Picked(root, keys);
    }

    // Tracked keys are dotted paths into the file; they are shown under that path.
    private static DvcValue Picked(DvcValue root, HashSet<string> keys)
    {
        var picked = new List<KeyValuePair<string, DvcValue>>();
        foreach (string key in keys.Order(StringComparer.Ordinal))
        {
            DvcValue? at = root.Find(key);
            if (at is null)
            {
                at = root;
                foreach (string part in key.Split('.'))
                    at = at?.Find(part);
            }

            if (at is not null)
                picked.Add(KeyValuePair.Create(key, at));
        }

        return DvcValue.Of(picked);
    }

    private string Shown(string path) => _query.Prefix.Length == 0 ? path : Path.GetRelativePath("/" + _query.Prefix, "/" + path).Replace('\\', '/');

    private static string Normal(string path) => Path.GetFullPath("/" + path)[1..].Replace('\\', '/');
}
