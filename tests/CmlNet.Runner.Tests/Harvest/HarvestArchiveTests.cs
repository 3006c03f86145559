using System.Formats.Tar;
using System.Text;
using CmlNet.Runner.Harvest;

namespace CmlNet.Runner.Tests.Harvest;

public sealed class HarvestArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Unpack_PlainFiles_KeepsNamesAndContents()
    {
        (int taken, int skipped) = await UnpackAsync(writer =>
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "outbox/"));
            Add(writer, "outbox/metrics.json", """{"accuracy":0.9}""");
            Add(writer, "outbox/plots/loss.csv", "step,loss\n1,2\n");
        });
        Assert.Equal((2, 0), (taken, skipped));
        Assert.Equal("""{"accuracy":0.9}""", await File.ReadAllTextAsync(_folder["metrics.json"]));
        Assert.True(File.Exists(_folder["plots/loss.csv"]));
    }

    [Theory]
    [InlineData("outbox/../evil")]
    [InlineData("/etc/evil")]
    [InlineData("outbox//evil")]
    [InlineData("outbox/./evil")]
    [InlineData("outbox/a\\b")]
    [InlineData("evil")]
    [InlineData("outbox/1/2/3/4/5/6/7/8/9/10/11/12/evil")]
    public async Task Unpack_StrangeName_IsPassedOver(string name)
    {
        (int taken, int skipped) = await UnpackAsync(writer =>
        {
            Add(writer, name, "x");
            Add(writer, "outbox/good.json", "{}");
        });
        Assert.Equal((1, 1), (taken, skipped));
        Assert.Equal(["good.json"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Unpack_LinksAndDevices_ArePassedOver()
    {
        (int taken, int skipped) = await UnpackAsync(writer =>
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "outbox/link") { LinkName = "/etc/passwd" });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.HardLink, "outbox/hard") { LinkName = "outbox/link" });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Fifo, "outbox/pipe"));
            writer.WriteEntry(new PaxTarEntry(TarEntryType.CharacterDevice, "outbox/zero") { DeviceMajor = 1, DeviceMinor = 5 });
            // Through a link that was just refused.
            Add(writer, "outbox/link/evil", "x");
            Add(writer, "outbox/good.json", "{}");
            Add(writer, "outbox/good.json", "replaced");
            Add(writer, "outbox/good.json/below", "x");
        });
        Assert.Equal((2, 6), (taken, skipped));
        Assert.Equal("{}", await File.ReadAllTextAsync(_folder["good.json"]));
        Assert.Null(new FileInfo(_folder["link"]).LinkTarget);
    }

    [Fact]
    public async Task Unpack_TooMuch_StopsAtTheLimits()
    {
        (int taken, int skipped) = await UnpackAsync(
            writer =>
            {
                for (int i = 0; i < 20; i++)
                    Add(writer, $"outbox/{i}.txt", new string('x', 100));
            },
            new HarvestLimits { Bytes = 450, Files = 10 });
        Assert.Equal((4, 6), (taken, skipped));
    }

    [Fact]
    public async Task Unpack_BrokenArchive_KeepsWhatCameBefore()
    {
        byte[] whole = Build(writer =>
        {
            Add(writer, "outbox/good.json", "{}");
            Add(writer, "outbox/cut.txt", new string('x', 5000));
        });
        (int taken, _) = await HarvestArchive.UnpackAsync(new MemoryStream(whole, 0, whole.Length - 6000), _folder.Path, new HarvestLimits(), CancellationToken.None);
        Assert.InRange(taken, 1, 2);
        Assert.True(File.Exists(_folder["good.json"]));
        (taken, int skipped) = await HarvestArchive.UnpackAsync(new MemoryStream(Encoding.ASCII.GetBytes(new string('z', 3000))), _folder.Path, new HarvestLimits(), CancellationToken.None);
        Assert.Equal((0, 1), (taken, skipped));
    }

    public void Dispose() => _folder.Dispose();

    private Task<(int Taken, int Skipped)> UnpackAsync(Action<TarWriter> write, HarvestLimits? limits = null) =>
        HarvestArchive.UnpackAsync(new MemoryStream(Build(write)), _folder.Path, limits ?? new HarvestLimits(), CancellationToken.None);

    private static byte[] Build(Action<TarWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
            write(writer);
        return stream.ToArray();
    }

    private static void Add(TarWriter writer, string name, string text) =>
        writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
}
