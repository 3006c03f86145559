namespace CmlNet.Cli.Commands.Dvc;

/// <summary>For a command that keeps most of what it allocates until it ends: a collection in its midst stops all threads, moves everything and frees nothing.</summary>
internal static class ShortLife
{
    /// <summary>Paths and hashes of some 700,000 files; what comes after that is collected as ever.</summary>
    private const long Bytes = 200 << 20;

    /// <summary>Collects nothing until the process ends or that much was allocated; where there is not so much memory, everything stays as it is.</summary>
    public static void Begin()
    {
        try
        {
            _ = GC.TryStartNoGCRegion(Bytes);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentOutOfRangeException)
        {
            // It was begun already, or the limit of this process is below that.
        }
    }
}
