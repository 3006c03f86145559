namespace CmlNet.Workflows.Execution.Records;

/// <summary>One word for several legs or jobs.</summary>
internal static class ResultMerging
{
    /// <summary>The worst wins: failure, then cancelled, then success; skipped only when nothing ran.</summary>
    public static string Worst(IEnumerable<string> conclusions)
    {
        string worst = Conclusions.Skipped;
        foreach (string conclusion in conclusions)
        {
            if (Rank(conclusion) > Rank(worst))
                worst = conclusion;
        }
        return worst;
    }

    private static int Rank(string conclusion) => conclusion switch
    {
        Conclusions.Failure => 3,
        Conclusions.Cancelled => 2,
        Conclusions.Success => 1,
        _ => 0,
    };
}
