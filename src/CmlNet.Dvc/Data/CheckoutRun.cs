using CmlNet.Dvc.Project;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Data;

/// <summary>A checkout of several outputs, and of what is no longer one. What cannot be had is passed over and listed.</summary>
public sealed class CheckoutRun(DvcProject project, bool isForced, bool relinks, CancellationToken cancellationToken)
{
    private readonly List<(string Path, CheckoutChange Change)> _changes = [];
    private readonly List<string> _missing = [];
    private readonly Checkout _checkout = new(project, isForced, relinks);

    /// <summary>What was done; a folder ends in a slash.</summary>
    public IReadOnlyList<(string Path, CheckoutChange Change)> Changes => _changes;

    /// <summary>Outputs whose content is not in the cache.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <param name="outputs">What to check out.</param>
    /// <param name="removesUntracked">What an earlier checkout or add made and no file tracks any more is deleted.</param>
    public void Apply(IReadOnlyList<SelectedOutput> outputs, bool removesUntracked)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        var ledger = OutputLedger.Read(project);
        if (removesUntracked)
            RemoveUntracked(ledger, outputs);
        foreach (SelectedOutput item in outputs.Where(item => item.Output.IsCached))
        {
            try
            {
                CheckoutChange change = _checkout.Apply(item.Output, item.Part, cancellationToken);
                if (change != CheckoutChange.None)
                    _changes.Add((Shown(item.Output.Path, item.Output.Recorded?.Id), change));
                ledger.Set(item.Output.Path, item.Output.Recorded?.Id);
            }
            catch (MissingObjectException)
            {
                _missing.Add(item.Output.Path);
            }
        }

        ledger.Save();
    }

    private void RemoveUntracked(OutputLedger ledger, IReadOnlyList<SelectedOutput> outputs)
    {
        var tracked = outputs.Select(item => item.Output.Path).ToHashSet(StringComparer.Ordinal);
        foreach ((string path, ObjectId id) in ledger.Outputs.Where(entry => !tracked.Contains(entry.Key)).OrderBy(entry => entry.Key, StringComparer.Ordinal).ToList())
        {
            ledger.Set(path, null);
            if (!Path.Exists(project.FullPath(path)) || tracked.Any(other => RelativePath.IsWithin(path, other) || (RelativePath.IsWithin(other, path) && Directory.Exists(project.FullPath(path)))) || project.Repository?.IsTracked(Path.Combine(project.PathInRepository, path)) == true)
                continue;
            _checkout.Remove(path, id, cancellationToken);
            _changes.Add((Shown(path, id), CheckoutChange.Deleted));
        }
    }

    private static string Shown(string path, ObjectId? id) => id?.IsDirectory == true ? path + "/" : path;
}
