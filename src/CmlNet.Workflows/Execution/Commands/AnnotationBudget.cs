namespace CmlNet.Workflows.Execution.Commands;

/// <summary>Ten annotations of each level per step; commands and problem matchers of a step share one budget.</summary>
internal sealed class AnnotationBudget
{
    public const int PerLevel = 10;

    private readonly int[] _used = new int[Enum.GetValues<AnnotationLevel>().Length];

    /// <summary>Whether one more of this level is kept. Past the limit it still shows in the log.</summary>
    public bool TryTake(AnnotationLevel level)
    {
        if (_used[(int)level] >= PerLevel)
            return false;
        _used[(int)level]++;
        return true;
    }
}
