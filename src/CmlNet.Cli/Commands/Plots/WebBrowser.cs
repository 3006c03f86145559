using System.ComponentModel;
using System.Diagnostics;

namespace CmlNet.Cli.Commands.Plots;

/// <summary>The user's browser: what <c>BROWSER</c> names, as Python has it, else the system's.</summary>
internal static class WebBrowser
{
    /// <summary>Shows a page, without waiting for its end; false when there is no browser.</summary>
    public static bool TryOpen(CliHost host, Uri address)
    {
        string[] programs = host.Environment.GetValueOrDefault("BROWSER") is { Length: > 0 } named
            ? named.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            : [OperatingSystem.IsMacOS() ? "open" : OperatingSystem.IsWindows() ? "explorer" : "xdg-open"];
        return Array.Exists(programs, program => TryStart(host, program, address.AbsoluteUri));
    }

    private static bool TryStart(CliHost host, string program, string address)
    {
        string[] words = program.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return false;
        IEnumerable<string> arguments = words.Contains("%s", StringComparer.Ordinal) ? words.Skip(1).Select(word => word == "%s" ? address : word) : [.. words[1..], address];
        try
        {
            using Process? process = Process.Start(new ProcessStartInfo(words[0], arguments) { WorkingDirectory = host.WorkingDirectory, UseShellExecute = false });
            return process is not null;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
