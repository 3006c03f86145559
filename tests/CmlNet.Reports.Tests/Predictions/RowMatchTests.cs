using CmlNet.Reports.Findings;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Tests.Predictions;

public sealed class RowMatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("id,y_true,y_pred\n1,a,a\n2,b,b\n", "id,y_true,y_pred\n2,b,a\n1,a,a\n", null)]
    [InlineData("x,y_true,y_pred\n1,a,a\n2,b,b\n", "x,y_true,y_pred\n1,a,b\n2,b,b\n", null)]
    [InlineData("id,y_true,y_pred\n1,a,a\n2,b,b\n", "id,y_true,y_pred\n1,a,a\n3,b,a\n", "1 rows are only here, 1 only in the baseline")]
    [InlineData("id,y_true,y_pred\n1,a,a\n2,b,b\n", "id,y_true,y_pred\n1,a,a\n2,a,b\n", "the true value of 1 of 2 rows is another than in the baseline")]
    [InlineData("id,y_true,y_pred\n1,a,a\n1,b,b\n", "id,y_true,y_pred\n1,b,a\n2,a,b\n", "ids repeat")]
    [InlineData("x,y_true,y_pred\n1,a,a\n2,b,b\n", "x,y_true,y_pred\n1,a,a\n9,b,b\n", "the rows differ; with an id column they could be told apart")]
    [InlineData("x,y_true,y_pred\n1,a,a\n2,b,b\n", "x,y_true,y_pred\n1,a,a\n", "2 rows here, 1 in the baseline")]
    [InlineData("id,y_true,y_pred\n1,a,a\n", "x,y_true,y_pred\n1,a,a\n", "only one of the two files has an id column")]
    public void Classify_RowsOfBothSides_AreMatchedOrRefused(string now, string old, string? refusal)
    {
        ClassificationResult result = new PredictionFindings(100).Classify(Read("now.csv", now), Read("old.csv", old), CancellationToken.None);
        Assert.Equal(refusal, result.Refusal);
        Assert.Equal(refusal is null, result.Significance.Count > 0);
        Assert.Equal(refusal is null, result.Old is not null);
    }

    [Fact]
    public void Classify_RowsInAnotherOrder_AreComparedById()
    {
        ClassificationResult result = new PredictionFindings(100).Classify(Read("now.csv", "id,y_true,y_pred\n1,a,a\n2,b,b\n3,b,b\n"), Read("old.csv", "id,y_true,y_pred\n3,b,b\n2,b,c\n1,a,a\n"), CancellationToken.None);
        Assert.Equal((2.0 / 3, 1.0), (result.Old!["accuracy"], result.Figures["accuracy"]));
    }

    private PredictionsArtifact Read(string name, string csv) =>
        (PredictionsArtifact)new PredictionsReader().Read(new ArtifactFile { FullPath = _folder.Write(name, csv), Path = name, IsNamed = true }, CancellationToken.None);
}
