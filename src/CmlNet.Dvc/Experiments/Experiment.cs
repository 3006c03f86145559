namespace CmlNet.Dvc.Experiments;

/// <summary>A commit on a baseline under <c>refs/exps</c>.</summary>
/// <param name="Name">As users know it.</param>
/// <param name="Commit">Full hash.</param>
/// <param name="Baseline">Full hash of the commit it started from.</param>
public sealed record Experiment(string Name, string Commit, string Baseline)
{
    /// <summary>DVC's name for it: <c>refs/exps/ab/cdef…/name</c>.</summary>
    public string Reference => ReferenceOf(Baseline, Name);

    /// <summary>The reference for a baseline and a name.</summary>
    public static string ReferenceOf(string baseline, string name)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        return $"refs/exps/{baseline[..2]}/{baseline[2..]}/{name}";
    }
}
