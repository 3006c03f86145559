using CmlNet.Reports.Readers.Mlflow;
using CmlNet.Reports.Readers.TensorBoard;

namespace CmlNet.Reports.Readers;

/// <summary>Where experiment trackers put their files under a run's folder. Of several runs the newest counts. Links are not followed.</summary>
internal static class TrackerFiles
{
    private const int Deepest = 6;
    private const int MostEntries = 20_000;
    private const int MostFolders = 200;
    private static readonly string[] EventFolders = ["runs", "logs", "tb_logs", "tensorboard", "lightning_logs", "dvclive", "output", "outputs", "results"];

    /// <summary>Files that lie deeper than the folders usually searched, and those without a usual suffix.</summary>
    public static IEnumerable<FileInfo> Find(string root) =>
        Lightning(root).Concat(Checkpoint(root)).Concat(Wandb(root)).Concat(Dvclive(root)).Concat(Events(root)).Concat(Mlflow(root)).DistinctBy(file => file.FullName);

    /// <summary>What another folder has in place of a tracker's file, whose name or folder is another with each run; null when it has none, or when the file is no tracker's.</summary>
    public static string? Counterpart(string root, string fullPath, string otherRoot)
    {
        if (Role(root, fullPath) is not { } role || !Directory.Exists(otherRoot))
            return null;
        List<FileInfo> others = [.. Find(otherRoot)];
        if (others.Find(other => Role(otherRoot, other.FullName) == role) is { } same)
            return same.FullName;
        // A folder of events may be named after the time the run began; one on each side is no question.
        List<FileInfo> events = [.. others.Where(other => TensorBoardHistory.IsEventFile(other.Name))];
        return TensorBoardHistory.IsEventFile(Path.GetFileName(fullPath)) && events.Count == 1 && Events(root).Count() == 1 ? events[0].FullName : null;
    }

    // The path without what is of one run only.
    private static string? Role(string root, string fullPath)
    {
        string[] parts = Path.GetRelativePath(root, fullPath).Split('/');
        string name = parts[^1];
        return parts switch
        {
            _ when TensorBoardHistory.IsEventFile(name) => string.Join('/', parts[..^1]) + "/tfevents",
            ["mlruns", _, _, "meta.yaml"] => "mlruns/meta.yaml",
            ["lightning_logs", _, _] or ["wandb", _, "files", _] => $"{parts[0]}/{name}",
            [.. var folder, var checkpoint, "trainer_state.json"] when checkpoint.StartsWith("checkpoint-", StringComparison.Ordinal) => string.Join('/', folder.Append("trainer_state.json")),
            [.. _, "trainer_state.json"] => string.Join('/', parts),
            _ => null,
        };
    }

    private static IEnumerable<FileInfo> Lightning(string root)
    {
        IEnumerable<DirectoryInfo> versions = Folders(Path.Combine(root, "lightning_logs"), "version_*");
        return versions.MaxBy(version => Number(version.Name, "version_")) is { } newest ? Existing(newest.FullName, "metrics.csv", "hparams.yaml") : [];
    }

    // The trainer's folder has whatever name its user gave it; the copy that save_state() leaves there is the newest of all.
    private static IEnumerable<FileInfo> Checkpoint(string root)
    {
        foreach (string at in Folders(root, "*").Take(MostFolders).Select(folder => folder.FullName).Order(StringComparer.Ordinal).Prepend(root))
        {
            if (Folders(at, "checkpoint-*").MaxBy(checkpoint => Number(checkpoint.Name, "checkpoint-")) is not { } newest)
                continue;
            string state = File.Exists(Path.Combine(at, "trainer_state.json")) ? at : newest.FullName;
            foreach (FileInfo file in Existing(state, "trainer_state.json").Concat(Existing(at, "all_results.json")))
                yield return file;
        }
    }

    // Names begin with the time the run began.
    private static IEnumerable<FileInfo> Wandb(string root)
    {
        string folder = Path.Combine(root, "wandb");
        return Folders(folder, "run-*").Concat(Folders(folder, "offline-run-*")).MaxBy(run => run.Name[(run.Name.IndexOf("run-", StringComparison.Ordinal) + 4)..], StringComparer.Ordinal) is { } newest
            ? Existing(Path.Combine(newest.FullName, "files"), "wandb-summary.json", "config.yaml")
            : [];
    }

    private static IEnumerable<FileInfo> Dvclive(string root) =>
        Deep(Path.Combine(root, "dvclive", "plots", "metrics"), "*.tsv").Concat(Deep(Path.Combine(root, "dvclive", "plots", "sklearn"), "*.json")).Concat(Deep(Path.Combine(root, "dvclive", "plots", "images"), "*"));

    private static IEnumerable<FileInfo> Events(string root) =>
        EventFolders.SelectMany(folder => Deep(Path.Combine(root, folder), "*tfevents*")).Concat(Top(root, "*tfevents*"))
            .GroupBy(file => file.DirectoryName, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.MinBy(file => file.Name, StringComparer.Ordinal)!) // a group has a file
            .Where(file => TensorBoardHistory.IsEventFile(file.Name));

    private static IEnumerable<FileInfo> Mlflow(string root)
    {
        string store = Path.Combine(root, "mlruns");
        return (new DirectoryInfo(store) is { Exists: true, LinkTarget: null } && MlflowStore.NewestRun(store) is { } meta ? [new FileInfo(meta)] : Array.Empty<FileInfo>())
            .Concat(Existing(root, "mlflow.db"));
    }

    private static IEnumerable<FileInfo> Existing(string folder, params string[] names) => names.Select(name => new FileInfo(Path.Combine(folder, name))).Where(file => file is { Exists: true });

    private static IEnumerable<DirectoryInfo> Folders(string folder, string pattern) =>
        new DirectoryInfo(folder) is { Exists: true, LinkTarget: null } found ? found.EnumerateDirectories(pattern, Options(deep: false)) : [];

    private static IEnumerable<FileInfo> Top(string folder, string pattern) => new DirectoryInfo(folder) is { Exists: true } found ? found.EnumerateFiles(pattern, Options(deep: false)) : [];

    private static IEnumerable<FileInfo> Deep(string folder, string pattern) =>
        new DirectoryInfo(folder) is { Exists: true, LinkTarget: null } found ? found.EnumerateFiles(pattern, Options(deep: true)).Take(MostEntries).OrderBy(file => file.FullName, StringComparer.Ordinal) : [];

    private static EnumerationOptions Options(bool deep) =>
        new() { IgnoreInaccessible = true, RecurseSubdirectories = deep, MaxRecursionDepth = Deepest, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };

    private static long Number(string name, string prefix) =>
        long.TryParse(name.AsSpan(prefix.Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long number) ? number : -1;
}
