using CmlNet.Reports.Readers;
using CmlNet.Reports.Sections.Classification;

namespace CmlNet.Reports.Tests.Sections.Classification;

/// <summary>Golden values of scikit-learn's documentation.</summary>
public sealed class ClassificationScoresTests
{
    [Fact]
    public void Matrix_DocumentationExample_HasActualInRows()
    {
        var matrix = new ConfusionMatrix(Predictions([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]));
        double[][] expected = [[2, 0, 0], [0, 0, 1], [1, 0, 2]];
        Assert.Equal(expected, Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 3).Select(j => matrix[i, j]).ToArray()));
        Assert.Equal([new Confusion(1, 2, 1), new Confusion(2, 0, 1)], matrix.Confusions());
    }

    [Fact]
    public void Scores_MacroExample_MatchDocumentation()
    {
        var scores = new ClassificationScores(new ConfusionMatrix(Predictions([0, 1, 2, 0, 1, 2], [0, 2, 1, 0, 0, 1])));
        Assert.Equal([0.8, 0.0, 0.0], scores.Classes.Select(score => Math.Round(score.F1 ?? -1, 12)));
        Assert.Equal((0.2222, 0.3333, 0.26667), (Math.Round(scores.Macro.Precision, 4), Math.Round(scores.Macro.Recall, 4), Math.Round(scores.Macro.F1, 5)));
    }

    [Fact]
    public void Scores_WeightedExample_MatchDocumentation()
    {
        var scores = new ClassificationScores(new ConfusionMatrix(Predictions([0, 1, 2, 2, 2], [0, 0, 2, 2, 1])));
        Assert.Equal(0.6, scores.Accuracy, 12);
        Assert.Equal((0.5, 0.5556, 0.4889), (Math.Round(scores.Macro.Precision, 4), Math.Round(scores.Macro.Recall, 4), Math.Round(scores.Macro.F1, 4)));
        Assert.Equal((0.7, 0.6, 0.6133), (Math.Round(scores.Weighted.Precision, 4), Math.Round(scores.Weighted.Recall, 4), Math.Round(scores.Weighted.F1, 4)));
    }

    [Fact]
    public void Scores_ClassNeverPredictedOrNeverActual_AreUndefinedNotZero()
    {
        var scores = new ClassificationScores(new ConfusionMatrix(Predictions([0, 0, 1], [0, 2, 0])));
        Assert.Null(scores.Classes[1].Precision);
        Assert.Null(scores.Classes[2].Recall);
        Assert.Equal(0, scores.Classes[1].Recall);
    }

    private static PredictionsArtifact Predictions(int[] actual, int[] predicted) => new()
    {
        Path = "p.csv", Labels = ["0", "1", "2"], Actual = actual, Predicted = predicted, ActualColumn = "y_true", PredictedColumn = "y_pred", MissingRows = 0,
    };
}
