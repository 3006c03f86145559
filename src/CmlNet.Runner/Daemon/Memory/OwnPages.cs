using System.Globalization;
using System.Runtime.InteropServices;

namespace CmlNet.Runner.Daemon.Memory;

/// <summary>
/// Pages of the program's own file that are resident. The kernel maps sixteen in whenever one is touched, so that most of what
/// was read or run once, at the start, stays for ever.
/// </summary>
internal static partial class OwnPages
{
    private const int DontNeed = 4; // MADV_DONTNEED, madvise(2)
    private const string Maps = "/proc/self/smaps";

    /// <summary>Bytes of this process that are in memory, of whatever kind; 0 where the system does not say.</summary>
    public static long Resident() => File.Exists("/proc/self/statm")
        ? long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize
        : 0;

    /// <summary>Ranges of the program's file that nothing can write to and nothing has changed.</summary>
    public static IReadOnlyCollection<PageRange> FindClean() =>
        File.Exists(Maps) && File.ResolveLinkTarget("/proc/self/exe", returnFinalTarget: false) is { } program ? Parse(File.ReadLines(Maps), program.FullName) : [];

    /// <summary>As above, of the lines of a file in the form of <c>/proc/PID/smaps</c> (proc(5)).</summary>
    public static IReadOnlyCollection<PageRange> Parse(IEnumerable<string> lines, string program)
    {
        var found = new List<PageRange>();
        PageRange? current = null;
        foreach (string line in lines)
        {
            string[] words = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
            // Pages that were changed are copies, in memory or in swap: they cannot be read from the file again.
            if (words is ["Anonymous:", not "0", ..])
            {
                current = null;
            }
            else if (words is ["Swap:", var swapped, ..])
            {
                // It comes after the other.
                if (current is not null && swapped == "0")
                    found.Add(current);
                current = null;
            }
            else if (words is [var range, { Length: 4 } access, _, _, _, var path] && range.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash)
            {
                current = path == program && access[1] != 'w'
                    ? new PageRange(ulong.Parse(range.AsSpan(0, dash), NumberStyles.HexNumber, CultureInfo.InvariantCulture), ulong.Parse(range.AsSpan(dash + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture))
                    : null;
            }
        }

        return found;
    }

    /// <summary>Lets go of them; whoever touches one again gets it from the page cache.</summary>
    public static void Release(PageRange range) => _ = Advise((nuint)range.Start, (nuint)(range.End - range.Start), DontNeed); // no harm when it is refused

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint start, nuint length, int advice);
}
