using System.Runtime.InteropServices;

namespace CmlNet.Dvc.Pipelines;

/// <summary>Who this process runs as.</summary>
public static partial class ProcessUser
{
    /// <summary><c>uid:gid</c>; null for root, and where there are no such numbers.</summary>
    public static string? Ids => OperatingSystem.IsWindows() || User() == 0 ? null : $"{User()}:{Group()}";

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint User();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint Group();
}
