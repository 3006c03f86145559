using System.Globalization;
using CmlNet.Reports.Drift;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Tests.Drift;

public sealed class DriftReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_SmallReference_TakesEvidentlysTests()
    {
        DriftResult result = Read(100, 100);
        Assert.Equal(["flag z", "kind chi2", "score ks", "steady ks", "steps chi2"], result.Columns.Select(column => $"{column.Name} {column.Test}").Order(StringComparer.Ordinal));
        Assert.Equal("score", result.Columns[0].Name);
        Assert.True(result.Columns[0].IsDrifted);
        Assert.False(result.Columns.Single(column => column.Name == "steady").IsDrifted);
    }

    [Fact]
    public void Read_LargeReference_TakesDistances()
    {
        DriftResult result = Read(1_001, 500);
        Assert.Equal(["flag jensenshannon", "kind jensenshannon", "score wasserstein", "steady wasserstein", "steps jensenshannon"], result.Columns.Select(column => $"{column.Name} {column.Test}").Order(StringComparer.Ordinal));
    }

    // Values of the reference's documentation, recomputed by hand.
    [Fact]
    public void Of_KnownDistributions_GivesReferenceValues()
    {
        double[] reference = [.. Enumerable.Range(1, 40).Select(i => (double)i)], current = [.. Enumerable.Range(11, 40).Select(i => (double)i)];
        Assert.Equal(0.1649726995, Reports.Statistics.KolmogorovSmirnov.Of(reference, current).P, 1e-10);
        Assert.Equal(10, Reports.Statistics.Distances.Wasserstein(reference, current), 1e-12);
        Assert.Equal(0.148816616, Reports.Statistics.Distances.JensenShannon([60, 30, 10], [40, 40, 20]), 1e-9);
        Assert.Equal(4.53999e-5, Reports.Statistics.GammaTail.ChiSquared(Reports.Statistics.Distances.ChiSquared([60, 30, 10], [40, 40, 20]), 2), 1e-10);
        Assert.Equal(0.8730158730, Reports.Statistics.KolmogorovSmirnov.Of([1, 2, 3, 4, 5], [3, 4, 5, 6, 7]).P, 1e-10);
    }

    [Fact]
    public void Read_ColumnsThatChangedKind_AreDriftedOrNamed()
    {
        _folder.Write("old.csv", "a,b,c,d\n1,x,,1\n2,y,,2\n");
        _folder.Write("new.csv", "a,b,c,e\none,x,,1\ntwo,y,,2\n");
        DriftResult result = Result();
        Assert.Equal(("type", true), (result.Columns[0].Test, result.Columns[0].IsDrifted));
        Assert.Equal(["d (not in new.csv)", "c (has no values)", "e (not in old.csv)"], result.Skipped);
        Assert.Equal(0.5, result.Share);
        Assert.True(result.IsDrifted);
    }

    [Fact]
    public void Read_ReferenceMissing_SaysWhich()
    {
        _folder.Write("new.csv", "a\n1\n");
        Assert.Equal("cannot be compared: old.csv, which reference names, does not exist", Assert.Throws<ArtifactException>(Result).Message);
    }

    private DriftResult Read(int reference, int current)
    {
        _folder.Write("old.csv", Data(reference, 0, 1));
        _folder.Write("new.csv", Data(current, 3, 2));
        return Result();
    }

    private DriftResult Result()
    {
        var reference = new ArtifactFile { FullPath = Path.Combine(_folder.Path, "old.csv"), Path = "old.csv", IsNamed = true };
        var file = new ArtifactFile { FullPath = Path.Combine(_folder.Path, "new.csv"), Path = "new.csv", IsNamed = true, Companions = new Dictionary<string, ArtifactFile>(StringComparer.Ordinal) { ["reference"] = reference } };
        return ((DriftArtifact)new DriftReader().Read(file, CancellationToken.None)).Result;
    }

    private static string Data(int rows, double shift, int seed)
    {
        var random = new Random(seed);
        return "score,steady,steps,kind,flag\n" + string.Concat(Enumerable.Range(0, rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"{random.NextDouble() * 5 + shift},{i / (double)rows},{i % 4},{"abc"[i % 3]},{i % 2 == 0}\n")));
    }
}
