namespace CmlNet.Testing.GitHub;

/// <summary>The faults still to come.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<(Fault Fault, int Left)> _faults = [];

    public void Add(Fault fault)
    {
        lock (_gate)
            _faults.Add((fault, fault.Times));
    }

    /// <summary>Everything is well again.</summary>
    public void Clear()
    {
        lock (_gate)
            _faults.Clear();
    }

    /// <summary>The fault that strikes a request, counted down.</summary>
    public Fault? Take(string method, string path)
    {
        lock (_gate)
        {
            int at = _faults.FindIndex(f => f.Left > 0 && f.Fault.Method == method && (f.Fault.PathEnd is null || path.EndsWith(f.Fault.PathEnd, StringComparison.Ordinal)));
            if (at < 0)
                return null;
            (Fault fault, int left) = _faults[at];
            _faults[at] = (fault, left - 1);
            return fault;
        }
    }
}
