using System.Text;
using CmlNet.Runner.Daemon.Memory;

namespace CmlNet.Runner.Tests.Daemon.Memory;

public sealed class OwnPagesTests
{
    // Of proc(5); addresses above the middle are those of libraries.
    private const string Maps = """
        559251c10000-55925355a000 r-xp 01d2c000 00:27 1234                       /opt/with space/cml
        Size:              25896 kB
        Rss:               17272 kB
        Anonymous:             0 kB
        Swap:                  0 kB
        SwapPss:               0 kB
        VmFlags: rd ex mr mw me
        559253579000-559254300000 rw-p 03675000 00:27 1234                       /opt/with space/cml
        Rss:               10316 kB
        Anonymous:             0 kB
        Swap:                  0 kB
        5592d1368000-5592d13a1000 r--p 00b02000 00:27 1234                       /opt/with space/cml
        Anonymous:           228 kB
        Swap:                  0 kB
        5592d13a1000-5592d13b1000 r--p 00b3b000 00:27 1234                       /opt/with space/cml
        Rss:                   0 kB
        Anonymous:             0 kB
        Swap:                 40 kB
        ffff8f0d14440000-ffff8f0d14441000 r--s 015af000 00:27 1234               /opt/with space/cml
        Anonymous:             0 kB
        Swap:                  0 kB
        7f55f8e44000-7f55f8f9a000 r-xp 00026000 00:27 99                         /usr/lib/x86_64-linux-gnu/libc.so.6
        Anonymous:             0 kB
        Swap:                  0 kB
        7f4a21800000-7f4a21c00000 r--p 00000000 00:00 0
        Anonymous:             0 kB
        Swap:                  0 kB
        """;

    [Fact]
    public void Parse_RangesOfEveryKind_FindsThoseOfTheProgramThatNothingHasChanged() =>
        Assert.Equal([new PageRange(0x559251c10000, 0x55925355a000), new PageRange(0xffff8f0d14440000, 0xffff8f0d14441000)], OwnPages.Parse(new MemoryStream(Encoding.UTF8.GetBytes(Maps)), "/opt/with space/cml"));

    // As many bytes at a time as the kernel likes.
    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    public void Parse_InPieces_FindsTheSame(int size) => Assert.Equal(2, OwnPages.Parse(new PieceStream(Encoding.UTF8.GetBytes(Maps), size), "/opt/with space/cml").Count);

    [SkippableFact]
    public void Release_OfThisProcess_LeavesItsRangesAndItRunning()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "/proc is Linux's");
        IReadOnlyCollection<PageRange> clean = OwnPages.FindClean();
        Assert.NotEmpty(clean);
        // Under pressure the kernel may have taken all of them by now.
        foreach (PageRange range in clean)
            System.Runtime.InteropServices.Marshal.ReadByte((nint)range.Start);
        long before = Resident(clean);
        foreach (PageRange range in clean)
            OwnPages.Release(range);
        Assert.InRange(Resident(clean), 0, before - 1);
        Assert.Equal(clean.Count, OwnPages.FindClean().Count);
    }

    private sealed class PieceStream(byte[] content, int size) : MemoryStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, size));
    }

    // The kilobytes of those ranges that are in memory.
    private static long Resident(IReadOnlyCollection<PageRange> ranges)
    {
        long sum = 0;
        bool isOne = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            if (line.Length > 0 && (char.IsAsciiDigit(line[0]) || line[0] is >= 'a' and <= 'f'))
                isOne = ranges.Any(range => line.StartsWith($"{range.Start:x}-{range.End:x} ", StringComparison.Ordinal));
            else if (isOne && line.StartsWith("Rss:", StringComparison.Ordinal))
                sum += long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
        }

        return sum;
    }
}
