using System.Diagnostics;

namespace CmlNet.Workflows.Tests.Actions.Results;

/// <summary>GitHub's own client packages, installed once for all tests.</summary>
internal static class NpmPackages
{
    private static readonly Lazy<Task<(string Folder, string? Problem)>> Installed = new(InstallAsync);

    /// <summary>The folder with <c>@actions/artifact</c> and <c>@actions/cache</c>; skips the test where npm is missing or cannot reach its registry.</summary>
    public static async Task<string> RequireAsync()
    {
        (string folder, string? problem) = await Installed.Value;
        Skip.If(problem is not null, problem);
        return folder;
    }

    private static async Task<(string, string?)> InstallAsync()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(path => File.Exists(Path.Combine(path, "npm"))))
            return ("", "npm is not installed.");
        // Kept from one run of the tests to the next.
        string folder = Path.Combine(Path.GetTempPath(), "cmlnet-test-npm-2.3.2-4.1.0");
        if (Directory.Exists(Path.Combine(folder, "node_modules", "@actions", "cache")))
            return (Path.Combine(folder, "node_modules"), null);
        string own = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(own);
        var start = new ProcessStartInfo("npm") { WorkingDirectory = own, RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in new[] { "install", "--prefix", own, "--no-audit", "--no-fund", "--loglevel=error", "@actions/artifact@2.3.2", "@actions/cache@4.1.0" })
            start.ArgumentList.Add(argument);
        using Process npm = Process.Start(start)!;
        Task<string> output = npm.StandardOutput.ReadToEndAsync();
        string error = await npm.StandardError.ReadToEndAsync();
        await output;
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
        {
            Directory.Delete(own, recursive: true);
            return ("", $"npm could not install the packages: {error.Trim()}");
        }
        if (!Directory.Exists(folder))
            Directory.Move(own, folder);
        return (Path.Combine(folder, "node_modules"), null);
    }
}
