using System.Diagnostics;
using System.Globalization;

namespace CmlNet.Workflows.Execution;

/// <summary>Names the process that owns containers, so that a later run can tell what a killed one left behind.</summary>
internal static class OwnerLabel
{
    /// <summary><c>machine/namespace/pid/start</c>: a pid alone would be taken again, and means nothing in another pid namespace.</summary>
    public static string Current { get; } = Of(Environment.ProcessId) ?? $"{Place}/{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}/unknown";

    /// <summary>Machine and pid namespace, as one prefix.</summary>
    private static string Place => $"{Environment.MachineName}/{(OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget ?? "" : "")}";

    /// <summary>False also for owners on other machines and in other containers that share the engine: theirs are not ours to judge.</summary>
    public static bool IsDead(string label)
    {
        string[] parts = label.Split('/');
        return parts.Length == 4
            && $"{parts[0]}/{parts[1]}" == Place
            && int.TryParse(parts[2], CultureInfo.InvariantCulture, out int id)
            && Of(id) != label;
    }

    /// <summary>Null when there is no such process.</summary>
    private static string? Of(int id) => StartOf(id) is { } start ? string.Create(CultureInfo.InvariantCulture, $"{Place}/{id}/{start}") : null;

    private static string? StartOf(int id)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return KernelStart(File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat"));
            using var process = Process.GetProcessById(id);
            return process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Clock ticks since boot (field 22 of proc(5) stat; field 2, in parentheses, may hold anything).
    /// <see cref="Process.StartTime"/> is made from the wall clock and is another value each time it is asked for.
    /// </summary>
    private static string KernelStart(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
}
