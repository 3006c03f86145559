using CmlNet.Containers;

namespace CmlNet.Runner.Fleet;

/// <summary>Whether a runner whose job has ended is still busy with its network: the last lines of a log, an artifact.</summary>
/// <param name="inspection">Looks into containers; null when the host cannot.</param>
internal sealed class UploadWatch(IRunnerInspection? inspection)
{
    // Between two looks. A runner that only asks for messages, or a program that was left behind and says that it lives, has less.
    private const long LeastBytes = 256 * 1024;

    // With the looks' usual distance, ten minutes beyond the grace.
    private const int MostLooks = 20;

    private long? _bytes;
    private int _looks;

    /// <summary>True at the first look, when nobody knows yet.</summary>
    public async Task<bool> IsSendingAsync(string container)
    {
        if (inspection is null || ++_looks > MostLooks)
            return false;
        try
        {
            if (await inspection.ReadUsageAsync(container, CancellationToken.None) is not { } used)
                return false;
            bool isSending = _bytes is not { } before || used.NetworkBytes - before >= LeastBytes;
            _bytes = used.NetworkBytes;
            return isSending;
        }
        catch (EngineException)
        {
            return true; // an engine that does not answer stops nothing either
        }
    }
}
