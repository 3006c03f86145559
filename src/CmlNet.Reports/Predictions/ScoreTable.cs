using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Predictions;

/// <summary>The rows that have scores, with a column for each class: one column for the positive class alone becomes two.</summary>
internal sealed class ScoreTable
{
    private ScoreTable(PredictionsArtifact predictions, ClassScores scores)
    {
        int all = predictions.Actual.Length, columns = scores.Columns;
        Rows = scores.MissingRows == 0 ? [.. Enumerable.Range(0, all)] : [.. Enumerable.Range(0, all).Where(row => !double.IsNaN(scores.Values[row * columns]))];
        AreProbabilities = scores.AreProbabilities;
        IsSingle = scores.IsSingle;
        Columns = Math.Max(2, columns);
        Classes = scores.IsSingle ? 2 : predictions.Labels.Count;
        Positive = scores.IsSingle ? 1 : Classes == 2 ? predictions.Positive : null;
        ByLabel = !scores.IsSingle ? [.. Enumerable.Range(0, Classes)] : predictions.Labels.Count != 2 ? [] : predictions.Positive == 1 ? [0, 1] : [1, 0];
        Actual = scores.IsSingle ? [.. Rows.Select(row => predictions.Actual[row] == predictions.Positive ? 1 : 0)] : scores.MissingRows == 0 ? predictions.Actual : [.. Rows.Select(row => predictions.Actual[row])];
        Weights = predictions.Weights is { } weights ? [.. Rows.Select(row => weights[row])] : null;
        Values = scores.IsSingle ? Both(scores) : scores.MissingRows == 0 ? scores.Values : Known(scores);
    }

    private ScoreTable(ScoreTable whole, int[] rows)
    {
        Rows = [.. rows.Select(row => whole.Rows[row])];
        (AreProbabilities, IsSingle, Columns, Classes, Positive, ByLabel) = (whole.AreProbabilities, whole.IsSingle, whole.Columns, whole.Classes, whole.Positive, whole.ByLabel);
        Actual = [.. rows.Select(row => whole.Actual[row])];
        Weights = whole.Weights is { } weights ? [.. rows.Select(row => weights[row])] : null;
        Values = new double[rows.Length * Columns];
        for (int i = 0; i < rows.Length; i++)
            whole.Values.AsSpan(rows[i] * Columns, Columns).CopyTo(Values.AsSpan(i * Columns));
    }

    /// <summary>Their places in the file.</summary>
    public int[] Rows { get; }

    /// <summary>The true class of each row.</summary>
    public int[] Actual { get; }

    /// <summary>What each row counts for; null when every row counts as one.</summary>
    public double[]? Weights { get; }

    /// <summary>Row by row, <see cref="Columns"/> numbers each.</summary>
    public double[] Values { get; }

    /// <summary>At least <see cref="Classes"/>.</summary>
    public int Columns { get; }

    public int Classes { get; }

    /// <summary>The positive class of two; null for more.</summary>
    public int? Positive { get; }

    public bool AreProbabilities { get; }

    /// <summary>The file had one column, of the positive class.</summary>
    public bool IsSingle { get; }

    /// <summary>The columns in the order of the labels; empty when there is one column, and not two labels.</summary>
    public int[] ByLabel { get; }

    /// <summary>The classes that areas are averaged over: the positive one, or all.</summary>
    public int[] Ranked => Positive is { } one ? [one] : [.. Enumerable.Range(0, Classes)];

    /// <summary>Null when the file has no scores, or a single column and no positive class.</summary>
    public static ScoreTable? Of(PredictionsArtifact predictions) =>
        predictions.Scores is { } scores && !(scores.IsSingle && predictions.Positive is null) ? new ScoreTable(predictions, scores) : null;

    /// <summary>Some of the rows, by their place in this table.</summary>
    public ScoreTable Take(int[] rows) => new(this, rows);

    public RowScore Score(int row) => RowScore.Of(Values.AsSpan(row * Columns, Columns), Actual[row], Positive, AreProbabilities);

    private double[] Both(ClassScores scores)
    {
        double[] both = new double[Rows.Length * 2];
        for (int i = 0; i < Rows.Length; i++)
        {
            double score = scores.Values[Rows[i]];
            both[2 * i] = scores.AreProbabilities ? 1 - score : -score;
            both[2 * i + 1] = score;
        }

        return both;
    }

    private double[] Known(ClassScores scores)
    {
        double[] known = new double[Rows.Length * scores.Columns];
        for (int i = 0; i < Rows.Length; i++)
            scores.Values.AsSpan(Rows[i] * scores.Columns, scores.Columns).CopyTo(known.AsSpan(i * scores.Columns));
        return known;
    }
}
