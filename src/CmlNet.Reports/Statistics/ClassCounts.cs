namespace CmlNet.Reports.Statistics;

/// <summary>Margins and diagonal of a confusion matrix: all that most figures need.</summary>
internal class ClassCounts
{
    public ClassCounts(IReadOnlyList<string> labels)
    {
        Labels = labels;
        Support = new double[labels.Count];
        PredictedCount = new double[labels.Count];
        Hits = new double[labels.Count];
    }

    public IReadOnlyList<string> Labels { get; }

    /// <summary>Cases, or the sum of their weights.</summary>
    public double Total { get; protected set; }

    /// <summary>Cases of each actual class: row sums.</summary>
    public double[] Support { get; }

    /// <summary>How often each class was predicted: column sums.</summary>
    public double[] PredictedCount { get; }

    /// <summary>The diagonal.</summary>
    public double[] Hits { get; }

    public void Add(int actual, int predicted, double count = 1)
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
