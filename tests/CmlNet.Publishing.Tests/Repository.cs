using System.Runtime.CompilerServices;

namespace CmlNet.Publishing.Tests;

/// <summary>The sources around these tests.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..")); // a file is in a directory
}
