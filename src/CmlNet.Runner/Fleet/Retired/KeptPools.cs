using System.Text.Json;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Fleet.Retired;

/// <summary>
/// The pools that the journal knows. One that is configured no longer, or belongs to another scope now, may still have runners
/// with jobs, and reports to be posted: what those need of it is here.
/// </summary>
internal sealed class KeptPools(SqliteJournal journal)
{
    private const string Prefix = "pool:";

    /// <summary>Writes down the pools of a configuration.</summary>
    /// <returns>Those of before that still have something to do.</returns>
    public IReadOnlyList<KeptPool> Keep(RunnerConfiguration configuration)
    {
        foreach (KeptPool pool in configuration.Pools.Select(pool => KeptPool.Of(pool, configuration)))
        {
            if (Find(pool.Name) is { } before && !before.IsBeside(pool))
                MoveAway(before, pool);
            Save(pool);
        }

        var configured = configuration.Pools.Select(pool => pool.Name).ToHashSet(StringComparer.Ordinal);
        RunnerRecord[] left = [.. journal.FindUnfinished().Where(runner => !configured.Contains(runner.Pool))];
        var needed = journal.FindWaitingPools().Concat(left.Select(runner => runner.Pool)).Where(name => !configured.Contains(name)).ToHashSet(StringComparer.Ordinal);
        foreach (string done in journal.FindSettings(Prefix).Select(name => name[Prefix.Length..]).Where(name => !configured.Contains(name) && !needed.Contains(name)))
            journal.RemoveSetting(Prefix + done);
        return [.. needed.Order(StringComparer.Ordinal).Select(name => Find(name) ?? Guess(name, configuration, left))];
    }

    // Its runners, jobs and reports get a name that no pool of a configuration can have.
    private void MoveAway(KeptPool before, KeptPool now)
    {
        string place = before.Scope.TrimEnd('/').Equals(now.Scope.TrimEnd('/'), StringComparison.OrdinalIgnoreCase)
            ? before.Mode == JobSourceKind.ScaleSet ? "scale-set" : "rest"
            : new Uri(before.Scope) is var scope && scope.Host == new Uri(now.Scope).Host ? scope.AbsolutePath.Trim('/') : scope.Host + scope.AbsolutePath.TrimEnd('/');
        string name = $"{before.Name}@{place}";
        Save(before with { Name = name });
        journal.MovePool(before.Name, name);
    }

    // Of a version that kept nothing: only a job of the REST API's has a runner that was made for it alone.
    private static KeptPool Guess(string name, RunnerConfiguration configuration, IEnumerable<RunnerRecord> runners)
    {
        RunnerRecord? one = runners.FirstOrDefault(runner => runner.Pool == name);
        return KeptPool.Of(new PoolConfiguration { Name = name, Labels = one?.Labels ?? [name], Mode = one is { Wish: not 0 } ? JobSourceKind.Rest : JobSourceKind.ScaleSet }, configuration);
    }

    private void Save(KeptPool pool) => journal.SaveSetting(Prefix + pool.Name, JsonSerializer.Serialize(pool, KeptPoolJson.Default.KeptPool));

    private KeptPool? Find(string name)
    {
        try
        {
            return journal.FindSetting(Prefix + name) is { } text ? JsonSerializer.Deserialize(text, KeptPoolJson.Default.KeptPool) : null;
        }
        catch (JsonException)
        {
            return null; // of a version to come
        }
    }
}
