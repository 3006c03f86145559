using System.Diagnostics;
using CmlNet.Testing.GitHub.Endpoints;
using CmlNet.Testing.OpenApi;

namespace CmlNet.Testing.GitHub;

/// <summary>GitHub's own description of its API, fetched by <c>fetch-openapi.sh</c> into a cache outside the repository.</summary>
public static class GitHubOpenApi
{
    private static readonly Lazy<Task<OpenApiDescription?>> Loaded = new(LoadAsync);

    /// <summary>The description; null where it cannot be fetched (npm is missing), for the test to be skipped.</summary>
    public static Task<OpenApiDescription?> GetAsync() => Loaded.Value;

    /// <summary>What is wrong with the exchanges of a fake; answers made up by faults are left out.</summary>
    public static IReadOnlyList<string> Check(OpenApiDescription description, FakeGitHub fake) =>
    [
        .. fake.Exchanges.Where(e => !e.IsFault && !IsUndescribed(e.Template, e.Status) && e.Template != GraphEndpoints.Path && e.Template != ReleaseEndpoints.AttachmentPath)
            .SelectMany(e => e.Template is null ? [$"{e} has no endpoint"] : description.Check(e.Method, e.Template, e.RequestBody, e.Status, e.ResponseBody)),
    ];

    // "No commit found for SHA": GitHub's own answer, which the description leaves out.
    private static bool IsUndescribed(string? template, int status) => status == 422 && template == "/repos/{owner}/{repo}/commits/{commit_sha}/pulls";

    private static async Task<OpenApiDescription?> LoadAsync()
    {
        var start = new ProcessStartInfo("sh", [Path.Combine(AppContext.BaseDirectory, "GitHub", "fetch-openapi.sh")])
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
