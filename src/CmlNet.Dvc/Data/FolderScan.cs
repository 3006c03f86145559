using CmlNet.Dvc.Ignoring;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Storage;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Data;

/// <summary>The files of a folder, links followed, without what <c>.dvcignore</c> leaves out.</summary>
internal sealed class FolderScan(string root, IgnoreRules ignored)
{
    private const int DeepestFolder = 200;
    private const int LongestRun = 500;

    /// <summary>A folder of few files, which may be large, is for all cores, too.</summary>
    private static readonly int RunsOfFolder = 8 * Environment.ProcessorCount;

    /// <summary>Paths relative to the folder, with forward slashes, in code-point order.</summary>
    /// <param name="folder">Relative to the root.</param>
    /// <exception cref="DvcException">Links in a circle, or an ignore file inside.</exception>
    public IEnumerable<string> Files(string folder) => Runs(folder).SelectMany(run => run.Names.Select(name => run.Prefix + name));

    /// <summary>As <see cref="Files"/>, some hundreds at a time: a folder is read when its turn comes.</summary>
    public IEnumerable<FolderRun> Runs(string folder) => Walk(Path.Combine(root, folder), folder, "", 0);

    private IEnumerable<FolderRun> Walk(string full, string path, string relative, int depth)
    {
        if (depth > DeepestFolder)
            throw new DvcException($"{path} is more than {DeepestFolder} folders deep: a link leads in a circle. Remove it, or name it in .dvcignore.");
        var run = new List<string>();
        List<string> entries = Entries(full, path);
        int longest = Math.Clamp(entries.Count / RunsOfFolder, 1, LongestRun);
        foreach (string entry in entries)
        {
            bool isFolder = entry.EndsWith('/');
            if (run.Count >= longest || (isFolder && run.Count > 0))
            {
                yield return new FolderRun(relative, run);
                run = [];
            }

            if (!isFolder)
            {
                run.Add(entry);
                continue;
            }

            string name = entry[..^1];
            foreach (FolderRun inner in Walk($"{full}/{name}", $"{path}/{name}", relative + entry, depth + 1))
                yield return inner;
        }

        if (run.Count > 0)
            yield return new FolderRun(relative, run);
    }

    // With the slash that folders end in, what lies in them comes in the order of the whole paths.
    private List<string> Entries(string full, string path)
    {
        FolderRules rules = ignored.In(path);
        List<string> entries = FolderReader.Read(full);
        if (!rules.IsFolderIgnored && entries.Contains(".dvcignore"))
            throw new DvcException($"{path}/.dvcignore: a .dvcignore file inside tracked data is not supported. Move its lines to one above.");
        // What a process left that was killed is nobody's data.
        entries.RemoveAll(entry => FileLinker.IsTemporaryName(entry));
        entries.RemoveAll(entry => entry.EndsWith('/') ? rules.IsIgnored(entry.AsSpan(0, entry.Length - 1), isFolder: true) : rules.IsIgnored(entry, isFolder: false));
        entries.Sort(CodePointComparer.Instance);
        return entries;
    }
}
