using System.Collections.Concurrent;
using CmlNet.Runner.Jobs.GitHub.ScaleSets;

namespace CmlNet.Runner.Tests.Jobs.GitHub;

internal sealed class MemorySessions : ISessionStore
{
    private readonly ConcurrentDictionary<string, Guid> _sessions = new(StringComparer.Ordinal);

    public Guid? Find(string pool) => _sessions.TryGetValue(pool, out Guid session) ? session : null;

    public void Save(string pool, Guid? session)
    {
        if (session is { } open)
            _sessions[pool] = open;
        else
            _sessions.TryRemove(pool, out _);
    }
}
