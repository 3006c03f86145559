using CmlNet.Runner.Jobs;

namespace CmlNet.Runner.Fleet;

/// <summary>How many runners a pool is said to have room for, and the word that this has changed. Whoever has it guards it.</summary>
internal sealed class CapacityOffer : IDisposable
{
    private CancellationTokenSource _changed = new();
    private int _runners = -1;

    /// <summary>Runners it may have beyond those alive.</summary>
    public int Share { get; private set; }

    public PoolCapacity Current => new(Math.Max(0, _runners), _changed.Token);

    /// <returns>What to cancel when nobody's lock is held any more, since whoever listens may ask at once; null when nothing has changed.</returns>
    public CancellationTokenSource? Set(int share, int runners)
    {
        Share = share;
        if (runners == _runners)
            return null;
        CancellationTokenSource old = _changed;
        (_runners, _changed) = (runners, new CancellationTokenSource());
        return old;
    }

    public void Dispose() => _changed.Dispose();
}
