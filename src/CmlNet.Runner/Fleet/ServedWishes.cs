namespace CmlNet.Runner.Fleet;

/// <summary>
/// Wishes whose runner has ended without its being known which job it had. They are not served again before GitHub had time to
/// say so, unless it says another: which job goes to which runner is GitHub's choice. Whoever has it guards it.
/// </summary>
internal sealed class ServedWishes(FleetTimes times, TimeProvider time)
{
    private readonly Dictionary<long, (string Runner, long Ended)> _served = [];

    public bool Contains(long wish) => _served.TryGetValue(wish, out (string Runner, long Ended) served) && IsSettling(served.Ended);

    /// <summary>The runner that was made for a wish has ended.</summary>
    /// <param name="wish">Number of the job it was made for.</param>
    /// <param name="runner">Its name.</param>
    /// <param name="job">The job it had, as far as that is known.</param>
    public void Add(long wish, string runner, long? job)
    {
        foreach (long old in _served.Where(served => !IsSettling(served.Value.Ended)).Select(served => served.Key).ToList())
            _served.Remove(old);
        if (job is null || job == wish)
            _served[wish] = (runner, time.GetTimestamp());
    }

    /// <summary>GitHub has said which job a runner had: what it was made for, if that was another, is open still.</summary>
    public void Learn(string runner, long job)
    {
        foreach (long open in _served.Where(served => served.Value.Runner == runner && served.Key != job).Select(served => served.Key).ToList())
            _served.Remove(open);
    }

    private bool IsSettling(long ended) => time.GetElapsedTime(ended) < times.Settling;
}
