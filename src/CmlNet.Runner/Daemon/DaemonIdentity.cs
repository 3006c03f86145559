using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Daemon;

/// <summary>
/// What labels carry, so that two daemons on one engine leave each other's runners alone. It stands in a file of its own: a
/// journal that had to be moved away must not take the way to the old runners with it.
/// </summary>
internal static class DaemonIdentity
{
    private const string File = "daemon-id";

    /// <summary>Null where no daemon has run yet.</summary>
    public static string? Find(string directory)
    {
        string path = Path.Combine(directory, File);
        try
        {
            return System.IO.File.Exists(path) && Guid.TryParseExact(System.IO.File.ReadAllText(path).Trim(), "N", out Guid written) ? written.ToString("N") : null;
        }
        catch (UnauthorizedAccessException)
        {
            return null; // another user's
        }
    }

    public static string FindOrCreate(string directory, SqliteJournal journal)
    {
        if (Find(directory) is { } known)
            return known;
        string id = journal.FindSetting("daemon") ?? Guid.NewGuid().ToString("N");
        System.IO.File.WriteAllText(Path.Combine(directory, File), id + "\n");
        journal.SaveSetting("daemon", id);
        return id;
    }
}
