using System.Globalization;
using System.Text;

namespace CmlNet.Containers.Process;

/// <summary>
/// Finds what a command left running outside of its group by the variable that all its children inherit, as the official runner does
/// at a job's end. A program that clears the variable stays. Only where there is <c>/proc</c>.
/// </summary>
public static class TrackedProcesses
{
    /// <summary>The official runner's name for it.</summary>
    public const string Variable = "RUNNER_TRACKING_ID";

    /// <summary>Each look finds what those of the one before had started meanwhile.</summary>
    private const int Looks = 5;

    /// <summary>Kills all processes of this user whose mark is wanted.</summary>
    /// <param name="isWanted">Given the variable's value.</param>
    public static void Kill(Func<string, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        for (var look = 0; look < Looks && KillOnce(isWanted); look++)
            Thread.Yield();
    }

    private static bool KillOnce(Func<string, bool> isWanted)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        var found = false;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(folder["/proc/".Length])))
        {
            var id = int.Parse(folder["/proc/".Length..], CultureInfo.InvariantCulture);
            if (id != Environment.ProcessId && ReadMark(folder) is { } mark && isWanted(mark))
                found |= Posix.Signal(id, Posix.Kill);
        }

        return found;
    }

    private static string? ReadMark(string folder)
    {
        try
        {
            ReadOnlySpan<byte> all = File.ReadAllBytes($"{folder}/environ");
            ReadOnlySpan<byte> name = Encoding.UTF8.GetBytes(Variable + "=");
            while (!all.IsEmpty)
            {
                var end = all.IndexOf((byte)0);
                ReadOnlySpan<byte> pair = end < 0 ? all : all[..end];
                if (pair.StartsWith(name))
                    return Encoding.UTF8.GetString(pair[name.Length..]);
                all = end < 0 ? [] : all[(end + 1)..];
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone, or somebody else's.
            return null;
        }
    }
}
