using CmlNet.Reports.Configuration;
using CmlNet.Reports.Model;

namespace CmlNet.Reports.Tests.Sections.Regression;

public sealed class RegressionSectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Build_ConfiguredPredictions_GiveTheFiguresOfTheDocumentation()
    {
        _folder.Write("p.csv", "y,yhat\n3,2.5\n-0.5,0\n2,2\n,1\n7,8\n");
        ReportSection section = Assert.Single(Build("- regression: {predictions: p.csv, actual: y, predicted: yhat}").Model.Sections);
        Assert.Equal("p.csv: 1 row with a missing or NaN value left out, the first on line 5.", Assert.IsType<NoteBlock>(section.Blocks[1]).Text);
        Assert.Equal(
            ["0.5", "0.375", "0.61237", "0.94861", "0.32738", "0.95717", "0.5", "1", "-0.25"],
            Assert.IsType<TableBlock>(section.Blocks[2]).Rows.Select(row => row[1]));
    }

    [Theory]
    [InlineData("y,yhat\n1,x\n", "p.csv:2: 'x' in column 'yhat' is not a finite number")]
    [InlineData("y,other\n1,2\n", "p.csv:1: no column 'yhat'; name it with --predicted. Columns: y, other")]
    public void Build_BrokenPredictions_SayWhatAndWhere(string content, string expected)
    {
        _folder.Write("p.csv", content);
        Assert.Equal([new ReportMessage(expected, IsFailure: true)], Build("- regression: {predictions: p.csv, actual: y, predicted: yhat}").Messages);
    }

    [Fact]
    public void Build_ConfiguredFileMissing_IsANoteAndTheRestIsReported()
    {
        _folder.Write("m.json", "{\"a\": 1}");
        BuiltReport built = Build("- regression: {predictions: gone.csv}\n    - metrics: {files: [m.json, \"x/*.json\"]}");
        Assert.Equal(["regression", "metrics"], built.Model.Sections.Select(section => section.Name));
        Assert.Equal(2, built.Messages.Count(message => message.IsFailure));
    }

    private BuiltReport Build(string sections)
    {
        ReportConfiguration configuration = ReportConfiguration.Parse($"report:\n  sections:\n    {sections}\n", "cml.yaml", _folder.Path)!;
        return new ReportBuilder().Build(new ReportRequest { Directory = _folder.Path, WorkingDirectory = _folder.Path, Configuration = configuration }, CancellationToken.None);
    }
}
