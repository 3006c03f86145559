using System.Buffers;
using CmlNet.Runner.Jobs;

namespace CmlNet.Runner.Fleet;

/// <summary>
/// Takes registrations off GitHub's list that nothing stands behind any more: made by this daemon by their names, offline, and
/// unknown to the journal. They come from a journal that was lost, or from a registration that was never answered.
/// </summary>
internal sealed class RegistrationSweep(FleetContext context)
{
    private const int SuffixLength = 8;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    public async Task RunAsync(PoolFleet pool, CancellationToken cancellationToken)
    {
        string prefix = $"{context.DaemonName}-{pool.Name}-";
        foreach (RegisteredRunner runner in await pool.Registry.ListAsync(prefix, cancellationToken))
        {
            bool isOurs = runner.Name.Length == prefix.Length + SuffixLength && runner.Name.AsSpan(prefix.Length).IndexOfAnyExcept(Digits) < 0;
            if (!isOurs || runner is not { IsOnline: false, IsBusy: not true } || context.Journal.FindRunner(runner.Name) is not null)
                continue;
            if (await pool.Registry.RemoveAsync(runner.Id, cancellationToken))
                FleetLog.OrphanRemoved(context.Logger, runner.Name, "it was registered, offline, and nobody knows it");
        }
    }
}
