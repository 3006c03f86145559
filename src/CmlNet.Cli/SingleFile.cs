namespace CmlNet.Cli;

/// <summary>The published executable that is running.</summary>
internal static class SingleFile
{
    /// <summary>Null when the process is <c>dotnet cml.dll</c> or a build output that cannot be mounted alone.</summary>
    public static string? Path { get; } = Find();

    private static string? Find()
    {
        string? path = Environment.ProcessPath;
        // In a single file, assemblies have no place of their own beside the executable.
        return path is not null && !File.Exists(System.IO.Path.Combine(AppContext.BaseDirectory, "cml.dll")) ? path : null;
    }
}
