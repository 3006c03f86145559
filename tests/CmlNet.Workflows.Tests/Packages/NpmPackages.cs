using System.Diagnostics;

namespace CmlNet.Workflows.Tests.Packages;

/// <summary>A set of GitHub's own npm packages, installed once for all tests.</summary>
internal sealed class NpmPackages
{
    /// <summary>The clients of the artifact and cache services.</summary>
    public static readonly NpmPackages Clients = new("cmlnet-test-npm-2.3.2-4.1.0", "@actions/artifact@2.3.2", "@actions/cache@4.1.0");

    /// <summary>The expression evaluator and the workflow parser of GitHub's editor support.</summary>
    public static readonly NpmPackages Language = new("cmlnet-test-npm-language-0.3.61", "@actions/expressions@0.3.61", "@actions/workflow-parser@0.3.61");

    private readonly Lazy<Task<(string Folder, string? Problem)>> _installed;

    private NpmPackages(string folder, params string[] packages) => _installed = new(() => InstallAsync(folder, packages));

    /// <summary>The folder <c>node_modules</c>; skips the test where npm is missing or cannot reach its registry.</summary>
    public async Task<string> RequireAsync()
    {
        (string folder, string? problem) = await _installed.Value;
        Skip.If(problem is not null, problem);
        return folder;
    }

    /// <summary>Runs a module with <c>PACKAGES</c> naming the folder, and gives what it wrote.</summary>
    public async Task<string> RunAsync(string script, params string[] arguments)
    {
        string packages = await RequireAsync();
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.mjs");
        await File.WriteAllTextAsync(file, script);
        try
        {
            (int exitCode, string output, string error) = await RunAsync("node", [file, .. arguments], Path.GetTempPath(), packages);
            Assert.True(exitCode == 0, error);
            return output;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<(string, string?)> InstallAsync(string name, string[] packages)
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(path => File.Exists(Path.Combine(path, "npm"))))
            return ("", "npm is not installed.");
        // Kept from one run of the tests to the next.
        string folder = Path.Combine(Path.GetTempPath(), name);
        string last = packages[^1][..packages[^1].LastIndexOf('@')];
        if (Directory.Exists(Path.Combine(folder, "node_modules", last)))
            return (Path.Combine(folder, "node_modules"), null);
        string own = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(own);
        (int exitCode, _, string error) = await RunAsync("npm", ["install", "--prefix", own, "--no-audit", "--no-fund", "--loglevel=error", .. packages], own, "");
        if (exitCode != 0)
        {
            Directory.Delete(own, recursive: true);
            return ("", $"npm could not install the packages: {error.Trim()}");
        }

        if (!Directory.Exists(folder))
            Directory.Move(own, folder);
        return (Path.Combine(folder, "node_modules"), null);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, IEnumerable<string> arguments, string folder, string packages)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["PACKAGES"] = packages;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        string text = await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, text, error);
    }
}
