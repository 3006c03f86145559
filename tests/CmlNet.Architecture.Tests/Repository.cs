namespace CmlNet.Architecture.Tests;

/// <summary>The work tree that these tests read: every file that is ours, without what a build makes.</summary>
internal static class Repository
{
    private static readonly string[] Made = [".git", ".cml", ".vs", "bin", "obj", "dist", "artifacts", "TestResults", "node_modules", "__pycache__"];

    public static string Root { get; } = FindRoot();

    /// <summary>The files of a folder (all of them for "") with one of the endings, as paths from the root with forward slashes, sorted.</summary>
    public static IReadOnlyList<string> Files(string folder, params string[] endings)
    {
        var found = new List<string>();
        Collect(Path.Combine(Root, folder), found);
        return [.. found
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => endings.Length == 0 || endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)];
    }

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static string[] ReadLines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    private static void Collect(string folder, List<string> found)
    {
        if (!Directory.Exists(folder))
            return;
        found.AddRange(Directory.EnumerateFiles(folder));
        foreach (string child in Directory.EnumerateDirectories(folder).Where(child => !Made.Contains(Path.GetFileName(child), StringComparer.Ordinal)))
            Collect(child, found);
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CmlNet.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"no CmlNet.sln above {AppContext.BaseDirectory}");
    }
}
