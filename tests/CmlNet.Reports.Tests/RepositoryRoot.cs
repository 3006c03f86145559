using System.Runtime.CompilerServices;

namespace CmlNet.Reports.Tests;

/// <summary>Where the sources lie: goldens are compared with, and refreshed in, the source tree.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find([CallerFilePath] string here = "") => System.IO.Path.GetFullPath("../..", System.IO.Path.GetDirectoryName(here)!); // a source file lies in a folder
}
