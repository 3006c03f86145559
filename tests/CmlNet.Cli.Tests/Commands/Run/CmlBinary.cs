namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>The published single file that these tests run: what <c>CML_BINARY</c> names, else <c>dist/cml</c>.</summary>
internal static class CmlBinary
{
    /// <summary>Skips the calling test when there is none. Returns its absolute path.</summary>
    public static string Require()
    {
        string path = Environment.GetEnvironmentVariable("CML_BINARY") is { Length: > 0 } named ? named : Path.Combine(RepositoryRoot(), "dist", "cml");
        Skip.IfNot(OperatingSystem.IsLinux(), "The jobs' containers take the binary of this machine, which must be Linux.");
        Skip.IfNot(File.Exists(path), $"{path} is not there: ./build.sh publish makes it");
        return Path.GetFullPath(path);
    }

    public static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CmlNet.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"no CmlNet.sln above {AppContext.BaseDirectory}");
    }
}
