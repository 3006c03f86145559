using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace CmlNet.Runner.Daemon.Memory;

/// <summary>
/// Pages of the program's own file that are resident. The kernel maps sixteen in whenever one is touched, so that most of what
/// was read or run once, at the start, stays for ever.
/// </summary>
internal static partial class OwnPages
{
    private const int DontNeed = 4; // MADV_DONTNEED, madvise(2)
    private const int BufferSize = 64 * 1024;
    private const string Maps = "/proc/self/smaps";

    /// <summary>Bytes of this process that are in memory, of whatever kind; 0 where the system does not say.</summary>
    public static long Resident() => File.Exists("/proc/self/statm")
        ? long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize
        : 0;

    /// <summary>Ranges of the program's file that nothing can write to and nothing has changed.</summary>
    public static IReadOnlyCollection<PageRange> FindClean()
    {
        if (!File.Exists(Maps) || File.ResolveLinkTarget("/proc/self/exe", returnFinalTarget: false) is not { } program)
            return [];
        using var maps = new FileStream(Maps, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return Parse(maps, program.FullName);
    }

    /// <summary>As above, of a file in the form of <c>/proc/PID/smaps</c> (proc(5)). It has a megabyte: its lines are looked at where they lie.</summary>
    public static IReadOnlyCollection<PageRange> Parse(Stream maps, string program)
    {
        var ranges = new MappedRanges(Encoding.UTF8.GetBytes(program));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        int filled = 0, read;
        while ((read = maps.Read(buffer, filled, buffer.Length - filled)) > 0)
        {
            filled += read;
            Span<byte> rest = buffer.AsSpan(0, filled);
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
                ranges.Take(rest[..end]);
            rest.CopyTo(buffer);
            filled = rest.Length < buffer.Length ? rest.Length : 0; // no such line is that long
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return ranges.Clean;
    }

    /// <summary>Lets go of them; whoever touches one again gets it from the page cache.</summary>
    public static void Release(PageRange range) => _ = Advise((nuint)range.Start, (nuint)(range.End - range.Start), DontNeed); // no harm when it is refused

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);
}
