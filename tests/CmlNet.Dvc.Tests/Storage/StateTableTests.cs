using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Tests.Storage;

public sealed class StateTableTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public void Set_FromSeveralThreads_HoldsTheLastOfEachPath(int expected)
    {
        var table = new StateTable(expected);
        Parallel.For(0, 8, thread =>
        {
            for (int i = thread; i < 40_000; i += 8)
            {
                table.Set($"data/{i % 20_000}", new StateTable.Entry(i % 20_000, 0, 1, 2, 3));
                Assert.True(table.TryFind($"data/{i % 20_000}", out StateTable.Entry own));
                Assert.Equal(i % 20_000, own.Size);
            }
        });
        Assert.Equal(20_000, table.Count);
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        table.Each((string path, in StateTable.Entry entry) => seen.Add(path, entry.Size));
        Assert.Equal(20_000, seen.Count);
        Assert.All(seen, item => Assert.Equal($"data/{item.Value}", item.Key));
        Assert.False(table.TryFind("data/20000", out _));
        table.Set("data/7", new StateTable.Entry(-1, 0, 0, 0, 0));
        Assert.True(table.TryFind("data/7", out StateTable.Entry now));
        Assert.Equal((-1, 20_000), (now.Size, table.Count));
    }
}
