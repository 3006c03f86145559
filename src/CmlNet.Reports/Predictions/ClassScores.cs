namespace CmlNet.Reports.Predictions;

/// <summary>What the model gave each row beside its class.</summary>
internal sealed record ClassScores
{
    /// <summary>Row by row, <see cref="Columns"/> numbers each; a row without them holds NaN. What is behind the last row means nothing.</summary>
    public required double[] Values { get; init; }

    /// <summary>As many as labels, in their order, then classes that never occur; or 1 for the positive class alone.</summary>
    public required int Columns { get; init; }

    /// <summary>All lie between 0 and 1; else they only rank.</summary>
    public required bool AreProbabilities { get; init; }

    /// <summary>Rows without them.</summary>
    public required int MissingRows { get; init; }

    /// <summary>One column, for the positive class.</summary>
    public bool IsSingle => Columns == 1;
}
