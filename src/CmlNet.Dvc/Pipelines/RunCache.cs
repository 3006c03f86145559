using System.Security.Cryptography;
using System.Text;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Pipelines;

/// <summary>What stages gave when they ran before, by what they ran on; shared with DVC through the same names.</summary>
internal sealed class RunCache(DvcProject project)
{
    private string Root => Path.Combine(project.Cache.Root, "runs");

    /// <summary>Whether a stage's runs can be told apart by what goes in, and what comes out can be kept.</summary>
    public static bool CanKeep(Stage stage) =>
        stage is { Command: not null, IsAlwaysChanged: false } && stage.Dependencies.Count + stage.Params.Count > 0 && stage.Outputs.Count > 0
        && stage.Dependencies.All(dependency => !dependency.IsImport) && stage.Outputs.All(output => !output.Path.StartsWith('/') && !RelativePath.IsUrl(output.Path) && !output.IsPersistent);

    /// <summary>The name of a run by command, dependencies and parameters.</summary>
    public static string KeyOf(Stage stage) => Hash(LockEntry.Of(stage, withOutputs: false).Value);

    /// <summary>The name of a run with what came out of it.</summary>
    public static string ValueOf(LockEntry entry) => Hash(entry.Value);

    /// <summary>The newest run on the same inputs; null when there is none. The caller looks whether its outputs can be had.</summary>
    public LockEntry? Find(Stage stage)
    {
        string folder = FolderOf(KeyOf(stage));
        if (!Directory.Exists(folder))
            return null;
        string inputs = Comparable(LockEntry.Of(stage, withOutputs: false).Value);
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles().Where(file => !file.Name.EndsWith(".tmp", StringComparison.Ordinal)).OrderByDescending(file => file.LastWriteTimeUtc))
        {
            var entry = new LockEntry(TrackedFile.Parse(file.Name, File.ReadAllBytes(file.FullName)));
            // DVC's names leave parameters called size and nfiles out; two runs that differ only there share a folder.
            if (Comparable(DvcValue.Of([.. entry.Value.Entries.Select(item => item.Key == "outs" ? KeyValuePair.Create("outs", DvcValue.Of([.. item.Value.Items.Select(output => output.Find("path") ?? DvcValue.Null)])) : item)])) == inputs)
                return entry;
        }

        return null;
    }

    /// <summary>Keeps a run. Outputs that neither cache nor git-tracked metrics hold could not be had again, so such a run is not kept.</summary>
    /// <returns>Whether it is kept.</returns>
    public bool Save(Stage stage)
    {
        if (!CanKeep(stage) || stage.Outputs.Any(output => !output.IsCached && output.Kind == OutputKind.Data))
            return false;
        var entry = LockEntry.Of(stage);
        string folder = FolderOf(KeyOf(stage)), path = Path.Combine(folder, ValueOf(entry));
        if (File.Exists(path))
            return true;
        try
        {
            project.Cache.CreateFolder(folder);
            AtomicFile.WriteOwn(path, YamlText.Write(entry.Value));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // a cache that others own may be for reading only; without this record the stage only runs again where it need not
        }
    }

    private string FolderOf(string key) => Path.Combine(Root, key[..2], key);

    private static string Hash(DvcValue value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PythonText.Json(Without(value), sortKeys: true))));

    private static DvcValue Without(DvcValue value) => value.Kind switch
    {
        DvcValueKind.Map => DvcValue.Of([.. value.Entries.Where(entry => entry.Key is not ("size" or "nfiles")).Select(entry => KeyValuePair.Create(entry.Key, Without(entry.Value)))]),
        DvcValueKind.List => DvcValue.Of([.. value.Items.Select(Without)]),
        _ => value,
    };

    private static string Comparable(DvcValue entry) => PythonText.Json(DvcValue.Of([.. entry.Entries.Select(item => item.Key == "params" ? item : KeyValuePair.Create(item.Key, Without(item.Value)))]), sortKeys: true);
}
