namespace CmlNet.Runner.Jobs.GitHub.ScaleSets;

/// <summary>Remembers the open session of each pool over the daemon's life.</summary>
internal interface ISessionStore
{
    Guid? Find(string pool);

    void Save(string pool, Guid? session);
}
