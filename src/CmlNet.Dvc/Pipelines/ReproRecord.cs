using System.Globalization;
using System.Text;
using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Pipelines;

/// <summary>What became of each stage in this work tree, for reports. It lies among DVC's temporary files and counts only while the stage's record is the one that the run left.</summary>
public static class ReproRecord
{
    private const int LargestFile = 16 * 1024 * 1024;

    /// <summary>The last run of each stage, by address. Stages that were recorded anew since are not in it.</summary>
    /// <param name="project">The project.</param>
    /// <param name="stages">As their files have them now.</param>
    public static IReadOnlyDictionary<string, StageRun> Read(DvcProject project, IReadOnlyList<Stage> stages)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(stages);
        var runs = new Dictionary<string, StageRun>(StringComparer.Ordinal);
        IReadOnlyList<KeyValuePair<string, DvcValue>> entries = Load(project);
        if (entries.Count == 0)
            return runs;
        Dictionary<string, Stage> byAddress = stages.Where(stage => stage.Name is not null).DistinctBy(stage => stage.Address).ToDictionary(stage => stage.Address, StringComparer.Ordinal);
        foreach ((string address, DvcValue entry) in entries)
        {
            if (byAddress.TryGetValue(address, out Stage? stage) && Parse(entry) is { } run && entry.Find("record")?.Text == Digest(stage))
                runs[address] = run;
        }

        return runs;
    }

    /// <summary>Adds what a run did. A stage that was left as it was keeps what was known of it.</summary>
    internal static void Save(DvcProject project, IReadOnlyDictionary<Stage, (StageRun Run, string Record)> runs)
    {
        var entries = new OrderedDictionary<string, DvcValue>(StringComparer.Ordinal);
        foreach ((string address, DvcValue entry) in Load(project))
            entries[address] = entry;
        foreach ((Stage stage, (StageRun run, string digest)) in runs.Where(run => run.Key.Name is not null).OrderBy(run => run.Key.Address, StringComparer.Ordinal))
        {
            if (run.Outcome == StageOutcome.Unchanged && entries.TryGetValue(stage.Address, out DvcValue? known) && known.Find("record")?.Text == digest && known.Find("outcome")?.Text is not ("Failed" or "Skipped"))
                continue;
            entries[stage.Address] = DvcValue.Of(
            [
                KeyValuePair.Create("outcome", DvcValue.Of(run.Outcome.ToString())),
                KeyValuePair.Create("seconds", DvcValue.Of(Math.Round(run.Seconds, 3))),
                KeyValuePair.Create("at", DvcValue.Of(run.At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))),
                KeyValuePair.Create("record", DvcValue.Of(digest)),
            ]);
        }

        string path = PathOf(project);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a file has a folder
        AtomicFile.WriteOwn(path, PythonText.Json(DvcValue.Of([.. entries]), sortKeys: false) + "\n");
    }

    private static string PathOf(DvcProject project) => Path.Combine(project.DvcFolder, "tmp", "cml-repro.json");

    private static IReadOnlyList<KeyValuePair<string, DvcValue>> Load(DvcProject project)
    {
        try
        {
            var file = new FileInfo(PathOf(project));
            return file is { Exists: true, LinkTarget: null, Length: <= LargestFile } ? JsonValueReader.Read(File.ReadAllText(file.FullName)).Entries : [];
        }
        catch (Exception e) when (e is DvcFormatException or IOException or UnauthorizedAccessException)
        {
            return []; // as if nothing had been run here
        }
    }

    private static StageRun? Parse(DvcValue entry) =>
        Enum.TryParse(entry.Find("outcome")?.Text, out StageOutcome outcome) && Enum.IsDefined(outcome) && entry.Find("seconds") is { IsNumeric: true } seconds
            && DateTimeOffset.TryParse(entry.Find("at")?.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            ? new StageRun(outcome, seconds.AsDouble, at)
            : null;

    /// <summary>Tells whether a stage is still recorded the way it was.</summary>
    internal static string Digest(Stage stage) => FileHash.Compute(Encoding.UTF8.GetBytes(PythonText.Json(LockEntry.Of(stage).Value, sortKeys: true)));
}
