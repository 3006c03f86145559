using System.Globalization;
using CmlNet.Reports.Configuration;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Markdown;
using CmlNet.Reports.Predictions;

namespace CmlNet.Reports.Tests.Findings;

/// <summary>What predictions turn out to be: classes or measurements, of which class the scores are.</summary>
public sealed class PredictionKindTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(40, true)]
    [InlineData(40, false)]
    [InlineData(5, true)] // fewer fractions than tell by themselves, but hardly two alike
    [InlineData(6_000, false)] // more values than classes can be
    public void Build_NumbersInPlaceOfClasses_AreARegression(int rows, bool isNamed)
    {
        _folder.Write("predictions.csv", "id,y_true,y_pred\n" + string.Concat(Enumerable.Range(0, rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{i},{i + 0.5}\n"))));
        BuiltReport built = Build(new PredictionOptions(), isNamed);
        Assert.DoesNotContain(built.Messages, message => message.IsFailure);
        RegressionResult result = Assert.Single(built.Facts.Findings.Regression);
        Assert.Equal((rows, 0.5), (result.Predictions.Actual.Length, result.Scores.MeanAbsoluteError));
        Assert.Equal(["Regression"], built.Model.Sections.Select(section => section.Title));
    }

    [Theory]
    [InlineData("1", "1.5", "2")] // stars
    [InlineData("0", "1", "7")]
    [InlineData("a", "0.5", "b")]
    public void Build_FewNumbers_StayClasses(string a, string b, string c)
    {
        _folder.Write("predictions.csv", "y_true,y_pred\n" + string.Concat(Enumerable.Repeat($"{a},{b}\n{b},{c}\n{c},{c}\n", 3)));
        Assert.Equal(3, Assert.Single(Build(new PredictionOptions(), isNamed: true).Facts.Findings.Classification).Predictions.Labels.Count);
    }

    [Fact]
    public void Build_MeasurementsInAClassificationSection_AreRefusedWithTheWayOut()
    {
        _folder.Write("p.csv", "y_true,y_pred\n" + string.Concat(Enumerable.Range(0, 40).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i}.25,{i}.5\n"))));
        ReportConfiguration configuration = ReportConfiguration.Parse("report:\n  sections:\n    - classification: {predictions: p.csv}\n", "cml.yaml", _folder.Path)!;
        BuiltReport built = new ReportBuilder().Build(new ReportRequest { Directory = _folder.Path, WorkingDirectory = _folder.Path, Configuration = configuration }, CancellationToken.None);
        Assert.Equal("p.csv: the labels take 80 different fractional values, so they are measurements and not classes; name the file in a regression section", Assert.Single(built.Messages).Text);
    }

    [Theory]
    [InlineData("eggs", "macro averages", 0.75)] // (1/2 + 2/2) / 2
    [InlineData("spam", "of spam", 1)]
    [InlineData("ham", "of ham", 0.5)]
    [InlineData(null, "of spam", 1)]
    public void Build_PositiveClass_IsWhatTheFiguresAreSaidToBeOf(string? positive, string said, double precision)
    {
        _folder.Write("predictions.csv", "y_true,y_pred\nham,ham\nspam,ham\nspam,spam\nspam,spam\n");
        BuiltReport built = Build(new PredictionOptions { Positive = positive }, isNamed: true);
        Assert.Contains($"Precision, recall and F1 are {said}.", Markdown(built), StringComparison.Ordinal);
        Assert.Equal(precision, built.Facts.Findings.Classification[0].Figures["precision"]);
    }

    [Fact]
    public void Build_PositiveClassOfThree_IsSaid()
    {
        _folder.Write("predictions.csv", "y_true,y_pred\na,a\nb,a\nc,c\n");
        BuiltReport built = Build(new PredictionOptions { Positive = "a" }, isNamed: true);
        Assert.Equal(0.5, built.Facts.Findings.Classification[0].Figures["precision"]);
        Assert.Contains("Precision, recall and F1 are of a.", Markdown(built), StringComparison.Ordinal);
    }

    [Fact]
    public void Build_OneColumnOfScores_RanksTheWrongRowsByIt()
    {
        _folder.Write("predictions.csv", "id,y_true,y_pred,score\none,ham,spam,0.6\ntwo,spam,ham,0.05\nthree,ham,spam,0.9\nfour,ham,ham,0.2\nfive,spam,spam,0.8\n");
        IReadOnlyList<WorstExample> worst = Build(new PredictionOptions(), isNamed: true).Facts.Findings.Classification[0].Worst;
        Assert.Equal([("two", 0.05), ("three", 0.1), ("one", 0.4)], worst.Select(one => (one.Row, Math.Round(one.Score!.Value, 9)))); // there are scores
    }

    /// <summary>Of two classes one column serves both: the area is the same, the average precision is not.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("ham")]
    public void Build_OneColumnOfScores_GivesFiguresOfBothClasses(string? positive)
    {
        _folder.Write("predictions.csv", "y_true,y_pred,score\n" + (positive is null ? "ham,ham,0.1\nspam,ham,0.2\nham,spam,0.8\nspam,spam,0.9\n" : "ham,ham,0.9\nspam,ham,0.8\nham,spam,0.2\nspam,spam,0.1\n"));
        var classes = Build(new PredictionOptions { Positive = positive }, isNamed: true).Facts.Findings.Classification[0].Figures.Probability!.PerClass; // there are scores
        Assert.Equal([0.75, 0.75], classes.Select(one => one.RocAuc));
        // ham: 0.9, 0.2 of 1 - score, of which spam's 0.8 lies between; spam the other way round.
        Assert.Equal([0.833333, 0.833333], classes.Select(one => Math.Round(one.AveragePrecision ?? 0, 6)));
    }

    [Theory]
    [InlineData("ham", true)]
    [InlineData("spam", false)]
    public void Build_ScoresOfTheOtherClass_AreRemarkedUpon(string positive, bool isRemarked)
    {
        _folder.Write("predictions.csv", "y_true,y_pred,score\nham,ham,0.1\nham,ham,0.2\nspam,spam,0.8\nspam,spam,0.9\n");
        Assert.Equal(isRemarked, Markdown(Build(new PredictionOptions { Positive = positive }, isNamed: true)).Contains("Are the scores those of the other class?", StringComparison.Ordinal));
    }

    private BuiltReport Build(PredictionOptions options, bool isNamed) => new ReportBuilder().Build(
        new ReportRequest { Directory = _folder.Path, WorkingDirectory = _folder.Path, Predictions = isNamed ? "predictions.csv" : null, PredictionOptions = options }, CancellationToken.None);

    private string Markdown(BuiltReport built) => new MarkdownWriter().Render(built.Model, new MarkdownTarget { OutputDirectory = _folder.Path, AssetsDirectory = Path.Combine(_folder.Path, "files") }, CancellationToken.None).Text;
}
