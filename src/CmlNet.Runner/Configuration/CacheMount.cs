namespace CmlNet.Runner.Configuration;

/// <summary>A folder that outlives the job: a named volume, or a path of this machine.</summary>
internal sealed record CacheMount(string Source, string Target, bool IsReadOnly)
{
    public bool IsHostPath => Source.StartsWith('/');
}
