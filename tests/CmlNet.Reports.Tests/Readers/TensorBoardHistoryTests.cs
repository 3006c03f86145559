using System.Buffers.Binary;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.TensorBoard;

namespace CmlNet.Reports.Tests.Readers;

public sealed class TensorBoardHistoryTests : IDisposable
{
    // As TensorFlow's own writer makes them: the version record, and loss = 0.5 at step 3.
    private static readonly byte[] Version = Convert.FromHexString("1800000000000000a37f4b2209000000000000f03f1a0d627261696e2e4576656e743a3286bf577a");
    private static readonly byte[] Loss = Convert.FromHexString("1a00000000000000129bd82d09000000000000004010032a0d0a0b0a046c6f7373150000003fbac36b94");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Masked_KnownText_IsTensorFlowsChecksum()
    {
        Assert.Equal(0xe3069283u, TfRecordReader.Crc32C("123456789"u8));
        Assert.Equal(0xc78ab0e5u, TfRecordReader.Masked("123456789"u8));
    }

    [Fact]
    public void Read_SimpleValue_GivesTheScalar()
    {
        HistoryArtifact history = Read([.. Version, .. Loss]);
        HistorySeries series = Assert.Single(history.Series);
        Assert.Equal(("loss", 3.0, 0.5), (series.Name, series.X[0], series.Y[0]));
        Assert.Empty(history.Warnings);
    }

    [Theory]
    [InlineData(1, "22040000c03f")] // tensor_content: float 1.5
    [InlineData(2, "2208000000000000f83f")] // tensor_content: double 1.5
    [InlineData(1, "2d0000c03f")] // float_val, one by one
    [InlineData(1, "2a040000c03f")] // float_val, packed
    [InlineData(2, "3208000000000000f83f")] // double_val, packed
    [InlineData(19, "2202003e")] // tensor_content: half
    public void Read_ScalarTensor_GivesTheValueOfEveryEncoding(int type, string field)
    {
        byte[] tensor = [0x08, (byte)type, 0x12, 0x00, .. Convert.FromHexString(field)];
        byte[] scalars = Message(9, Message(1, Message(1, "scalars"u8)));
        byte[] first = Message(1, [.. Message(1, "acc"u8), .. Message(8, tensor), .. scalars]);
        byte[] second = Message(1, [.. Message(1, "acc"u8), .. Message(8, tensor)]); // the plugin is named once
        HistoryArtifact history = Read([.. Record([0x10, 0x01, .. Message(5, first)]), .. Record([0x10, 0x02, .. Message(5, second)])]);
        HistorySeries series = Assert.Single(history.Series);
        Assert.Equal([1, 2], series.X);
        Assert.Equal([1.5, 1.5], series.Y);
    }

    [Fact]
    public void Read_TensorOfAnotherPlugin_IsNoScalar()
    {
        byte[] value = Message(1, [.. Message(1, "img"u8), .. Message(8, [0x08, 0x01, 0x2d, 0, 0, 0xc0, 0x3f]), .. Message(9, Message(1, Message(1, "images"u8)))]);
        Assert.Equal(["loss"], Read([.. Record(Message(5, value)), .. Loss]).Series.Select(series => series.Name));
    }

    [Fact]
    public void Read_LastRecordCutOff_KeepsWhatCameBefore()
    {
        HistoryArtifact history = Read([.. Loss, .. Loss[..20]]);
        Assert.Single(history.Series[0].X);
        Assert.Empty(history.Warnings);
    }

    [Theory]
    [InlineData(9)] // the length's checksum
    [InlineData(30)] // the data
    public void Read_BitFlipped_StopsThereAndSaysSo(int at)
    {
        byte[] broken = [.. Loss];
        broken[at] ^= 1;
        HistoryArtifact history = Read([.. Loss, .. broken, .. Loss]);
        Assert.Single(history.Series[0].X);
        Assert.Contains("checksum", Assert.Single(history.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralFilesOfAFolder_AreOneRun()
    {
        Write("events.out.tfevents.1.host.1.0", Loss);
        Write("events.out.tfevents.2.host.1.0", Record([0x10, 0x09, .. Message(5, Message(1, [.. Message(1, "loss"u8), 0x15, 0, 0, 0x80, 0x3e]))]));
        var file = new ArtifactFile { FullPath = Path.Combine(_folder.Path, "events.out.tfevents.1.host.1.0"), Path = "events", IsNamed = true };
        var history = (HistoryArtifact)new HistoryReader().Read(file, CancellationToken.None);
        Assert.Equal([3, 9], history.Series[0].X);
        Assert.Equal([0.5, 0.25], history.Series[0].Y);
    }

    [Fact]
    public void Read_RandomBytesInARecord_NeverThrows()
    {
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++)
        {
            byte[] data = new byte[random.Next(0, 60)];
            random.NextBytes(data);
            data = i % 2 == 0 ? data : Message(5, Message(1, Message(8, data)));
            Assert.Equal("loss", Read([.. Record(data), .. Loss]).Series[^1].Name);
        }
    }

    private static HistoryArtifact Read(byte[] bytes) =>
        TensorBoardHistory.Read(new ArtifactFile { FullPath = "/events.out.tfevents.1", Path = "events", IsNamed = true, Content = bytes }, CancellationToken.None);

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(_folder.Path, name), bytes);

    private static byte[] Record(byte[] data)
    {
        byte[] record = new byte[data.Length + 16];
        BinaryPrimitives.WriteInt64LittleEndian(record, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), TfRecordReader.Masked(record.AsSpan(0, 8)));
        data.CopyTo(record, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + data.Length), TfRecordReader.Masked(data));
        return record;
    }

    private static byte[] Message(int field, ReadOnlySpan<byte> content) => [(byte)(field << 3 | 2), (byte)content.Length, .. content];
}
