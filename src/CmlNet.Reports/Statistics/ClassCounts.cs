namespace CmlNet.Reports.Statistics;

/// <summary>Margins and diagonal of a confusion matrix: all that most figures need.</summary>
internal class ClassCounts
{
    public ClassCounts(IReadOnlyList<string> labels)
    {
        Labels = labels;
        Support = new long[labels.Count];
        PredictedCount = new long[labels.Count];
        Hits = new long[labels.Count];
    }

    public IReadOnlyList<string> Labels { get; }

    public long Total { get; protected set; }

    /// <summary>Cases of each actual class: row sums.</summary>
    public long[] Support { get; }

    /// <summary>How often each class was predicted: column sums.</summary>
    public long[] PredictedCount { get; }

    /// <summary>The diagonal.</summary>
    public long[] Hits { get; }

    public void Add(int actual, int predicted, long count = 1)
    {
        Support[actual] += count;
        PredictedCount[predicted] += count;
        if (actual == predicted)
            Hits[actual] += count;
        Total += count;
    }

    public void Clear()
    {
        Array.Clear(Support);
        Array.Clear(PredictedCount);
        Array.Clear(Hits);
        Total = 0;
    }
}
