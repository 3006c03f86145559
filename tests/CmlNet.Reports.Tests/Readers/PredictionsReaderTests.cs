using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Tests.Readers;

public sealed class PredictionsReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("10,9\n2,10\n", "2 9 10")]
    [InlineData("1,1.0\n0,1\n", "0 1")]
    [InlineData("b,a\n10,9\n", "10 9 a b")]
    [InlineData("None,none\n", "None none")]
    public void Read_Labels_AreSortedUnionByValueWhenNumeric(string rows, string expected)
    {
        PredictionsArtifact predictions = Read("actual,predicted\n" + rows);
        Assert.Equal(expected, string.Join(' ', predictions.Labels));
    }

    [Fact]
    public void Read_MissingLabels_AreLeftOutAndCounted()
    {
        PredictionsArtifact predictions = Read("actual,predicted\na,a\n,a\nb,NaN\nNA,a\nb,b\n");
        Assert.Equal((2, 3L), (predictions.Actual.Length, predictions.MissingRows));
        Assert.Equal("3 rows with a missing or NaN label left out, the first on line 3", Assert.Single(predictions.Warnings));
    }

    [Fact]
    public void Read_MeasuredNumbers_AreRefused()
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i}.5,{i}.25\n"));
        Assert.Contains("measurements and not classes", Assert.Throws<ArtifactException>(() => Read("actual,predicted\n" + rows)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EscapedQuotesInBothColumns_KeepTheirLabels()
    {
        PredictionsArtifact predictions = Read("actual,predicted\n\"a \"\"x\"\"\",\"b \"\"y\"\"\"\n");
        Assert.Equal(["a \"x\"", "b \"y\""], predictions.Labels);
        Assert.Equal((0, 1), (predictions.Actual[0], predictions.Predicted[0]));
    }

    [SkippableFact]
    public void Read_Pipe_IsRefusedWithTheReason()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "names an open file by /proc");
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.In); // its other end is open too, so that nothing waits
        var file = new ArtifactFile { FullPath = $"/proc/self/fd/{pipe.SafePipeHandle.DangerousGetHandle()}", Path = "p.csv", IsNamed = true };
        Assert.Equal("a pipe or a device, which can be read only once; write it to a file first", Assert.Throws<ArtifactException>(() => new PredictionsReader().Read(file, CancellationToken.None)).Message);
    }

    private PredictionsArtifact Read(string content)
    {
        var file = new ArtifactFile { FullPath = _folder.Write("p.csv", content), Path = "p.csv", IsNamed = true };
        return (PredictionsArtifact)new PredictionsReader().Read(file, CancellationToken.None);
    }
}
