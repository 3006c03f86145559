using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Dvc.Experiments;

/// <summary>A revision that looks for what git does not have among the data that DVC tracks in it, and only then opens the project.</summary>
/// <param name="inner">Files of the whole repository.</param>
/// <param name="project">The project; null when there is none.</param>
public sealed class DataRevision(IRevision inner, Lazy<DvcProject?> project) : IRevision
{
    private readonly Lazy<ProjectIndex?> _index = new(() => Index(inner, project.Value));
    private readonly Dictionary<string, SelectedOutput> _lacking = new(StringComparer.Ordinal);
    private bool _isFinal;

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <summary>Outputs that were asked for, are recorded, and are not in the cache.</summary>
    public IReadOnlyCollection<SelectedOutput> Lacking => _lacking.Values;

    /// <inheritdoc/>
    /// <exception cref="IOException">DVC tracks the file, its content is not in the cache, and getting it has been tried.</exception>
    public byte[]? Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (inner.Read(path) is { } content)
            return content;
        if (!IsData(path) || project.Value is not { } opened || _index.Value is not { } index)
            return null;
        if (new TrackedRevision(inner, opened, index).Read(path) is { } tracked)
            return tracked;
        if (Below(path, opened) is { } below && index.Owner(below) is { Output: { IsCached: true, Recorded.Id: { } id } } owner && !opened.Cache.ContainsAll(id))
        {
            if (_isFinal)
                throw new IOException($"tracked by DVC at {Name}, and not in the cache; get it with dvc fetch");
            _lacking[owner.Output.Path] = new SelectedOutput(owner.Stage, owner.Output, "");
        }

        return null;
    }

    /// <inheritdoc/>
    public IEnumerable<string> Paths() => inner.Paths();

    /// <summary>What was lacking has been got, or cannot be: to ask for that is an error from now on.</summary>
    public void Settle()
    {
        _lacking.Clear();
        _isFinal = true;
    }

    // DVC's own files are git's or not there.
    private static bool IsData(string path) => RelativePath.Name(path) is not ("dvc.yaml" or "dvc.lock") && !path.EndsWith(".dvc", StringComparison.Ordinal);

    private static string? Below(string path, DvcProject project) =>
        project.PathInRepository.Length == 0 ? path : RelativePath.IsWithin(path, project.PathInRepository) && path.Length > project.PathInRepository.Length ? path[(project.PathInRepository.Length + 1)..] : null;

    private static ProjectIndex? Index(IRevision inner, DvcProject? project)
    {
        try
        {
            return project is null ? null : ProjectIndex.Read(inner, project.Config, project.PathInRepository);
        }
        catch (DvcException)
        {
            return null; // a revision of which the pipeline is broken has no data that could be found
        }
    }
}
