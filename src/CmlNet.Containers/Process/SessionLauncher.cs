namespace CmlNet.Containers.Process;

/// <summary>
/// Finds the program that starts a command in a session of its own, so that all it starts can be signalled as one
/// group: <c>setsid</c> (util-linux, busybox), or perl where there is none (macOS). Both become the command itself,
/// so that the process id we get is the group's.
/// </summary>
internal static class SessionLauncher
{
    private static readonly string[] Folders = ["/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin"];

    /// <summary>Program and leading arguments. Throws <see cref="EngineException"/> when there is no such program.</summary>
    public static IReadOnlyList<string> Find(Func<string, string?> variable)
    {
        if (OperatingSystem.IsWindows())
            throw new EngineException(EngineErrorKind.Refused, "The process engine needs Linux or macOS. Use WSL, or --engine docker.");
        var folders = (variable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted).Concat(Folders).ToList();
        if (Locate("setsid", folders) is { } setsid)
            return [setsid];
        return Locate("perl", folders) is { } perl
            ? [perl, "-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV or do { print STDERR \"$ARGV[0]: $!\\n\"; exit 127 }", "--"]
            : throw new EngineException(EngineErrorKind.Refused, "The process engine needs the program 'setsid' (package util-linux) or 'perl' to start commands that can be stopped. Install one of them.");
    }

    private static string? Locate(string program, IEnumerable<string> folders) =>
        folders.Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);
}
