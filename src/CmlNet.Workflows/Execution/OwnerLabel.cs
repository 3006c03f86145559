using System.Diagnostics;
using System.Globalization;

namespace CmlNet.Workflows.Execution;

/// <summary>Names the process that owns containers, so that a later run can tell what a killed one left behind.</summary>
internal static class OwnerLabel
{
    /// <summary><c>machine/pid/start</c>: a pid alone would be taken again.</summary>
    public static string Current { get; } = Of(Process.GetCurrentProcess());

    /// <summary>False also for owners on other machines that share the engine: theirs are not ours to judge.</summary>
    public static bool IsDead(string label)
    {
        string[] parts = label.Split('/');
        if (parts.Length != 3 || parts[0] != Environment.MachineName || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out int id))
            return false;
        try
        {
            using var process = Process.GetProcessById(id);
            return Of(process) != label;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static string Of(Process process) =>
        string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{process.Id}/{process.StartTime.ToUniversalTime().Ticks}");
}
