using System.Text;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Storage;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Data;

/// <summary>
/// The outputs that lie in the work tree because of us, so that a checkout of a revision that does not have them takes them
/// away again, and nothing else. Kept in <c>.dvc/tmp</c>; lost, nothing is deleted.
/// </summary>
internal sealed class OutputLedger
{
    private readonly Dictionary<string, ObjectId> _outputs = new(StringComparer.Ordinal);
    private readonly string _path;

    private OutputLedger(string path) => _path = path;

    public IReadOnlyDictionary<string, ObjectId> Outputs => _outputs;

    public static OutputLedger Read(DvcProject project)
    {
        var ledger = new OutputLedger(Path.Combine(project.DvcFolder, "tmp", "cml-outputs.json"));
        try
        {
            DvcValue root = File.Exists(ledger._path) ? JsonValueReader.Read(File.ReadAllText(ledger._path)) : DvcValue.Null;
            foreach ((string path, DvcValue value) in root.Entries)
            {
                if (ObjectId.TryParse(value.Text.TrimStart('~'), value.Text.StartsWith('~')) is { } id)
                    ledger._outputs[path] = id;
            }
        }
        catch (DvcFormatException)
        {
            ledger._outputs.Clear(); // not ours, or cut short: nothing is known
        }

        return ledger;
    }

    /// <summary>Null forgets it.</summary>
    public void Set(string path, ObjectId? id)
    {
        if (id is null)
            _outputs.Remove(path);
        else
            _outputs[path] = id;
    }

    public void Save()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!); // a file has a folder
        var entries = new List<KeyValuePair<string, DvcValue>>();
        foreach ((string path, ObjectId id) in _outputs)
            entries.Add(KeyValuePair.Create(path, DvcValue.Of((id.IsLegacy ? "~" : "") + id.Value)));
        AtomicFile.WriteOwn(_path, Encoding.UTF8.GetBytes(PythonText.Json(DvcValue.Of(entries), sortKeys: true)));
    }
}
