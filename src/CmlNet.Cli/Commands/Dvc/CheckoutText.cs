using CmlNet.Dvc.Data;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>What a checkout did, one line each: <c>A</c>, <c>M</c>, <c>D</c> and the path.</summary>
internal static class CheckoutText
{
    public static void Write(CliHost host, DvcProject project, CheckoutRun run, bool onlyCounts)
    {
        if (!onlyCounts)
            WriteChanges(host, project, run);
        string counts = Counts(run);
        if (counts.Length > 0)
            host.Out.Write(counts + "\n");
        else if (onlyCounts)
            host.Out.Write("No changes.\n");
    }

    public static void WriteChanges(CliHost host, DvcProject project, CheckoutRun run)
    {
        foreach ((string path, CheckoutChange change) in run.Changes)
            host.Out.Write($"{change.ToString()[0]}\t{project.Shown(host, path)}\n");
    }

    /// <summary>As in <c>1 file added and 2 files deleted</c>; "" for none.</summary>
    public static string Counts(CheckoutRun run) => Joined(Parts(run));

    /// <summary>As in <c>1 file added</c>, for each kind of change.</summary>
    public static IReadOnlyList<string> Parts(CheckoutRun run) =>
    [
        .. new[] { CheckoutChange.Added, CheckoutChange.Deleted, CheckoutChange.Modified }
            .Select(kind => (Kind: kind, Count: run.Changes.Count(change => change.Change == kind)))
            .Where(item => item.Count > 0)
            .Select(item => $"{item.Count} file{(item.Count == 1 ? "" : "s")} {item.Kind.ToString().ToLowerInvariant()}"),
    ];

    /// <summary>With commas, and an <c>and</c> before the last.</summary>
    public static string Joined(IReadOnlyList<string> parts) => parts.Count < 2 ? string.Concat(parts) : $"{string.Join(", ", parts.SkipLast(1))} and {parts[^1]}";
}
