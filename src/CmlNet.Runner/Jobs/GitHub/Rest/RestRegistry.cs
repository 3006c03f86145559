using System.Globalization;
using System.Net;
using System.Text.Json;
using CmlNet.Runner.Daemon;

namespace CmlNet.Runner.Jobs.GitHub.Rest;

/// <summary>Runners that are registered one by one with the REST API.</summary>
internal sealed class RestRegistry(RestClient client) : IRunnerRegistry
{
    private const int PageSize = 100;
    private const int MostPages = 50;

    public RestClient Client => client;

    public async Task<Registration> RegisterAsync(string name, IReadOnlyList<string> labels, CancellationToken cancellationToken)
    {
        try
        {
            return await GenerateAsync(name, labels, cancellationToken);
        }
        catch (GitHubException exception) when (exception.Status == HttpStatusCode.Conflict)
        {
            // A repeated POST whose first attempt was carried out: the names are ours alone.
            if (await FindAsync(name, cancellationToken) is { } taken && !await RemoveAsync(taken.Id, cancellationToken))
                throw;
            return await GenerateAsync(name, labels, cancellationToken);
        }
    }

    public async Task<bool> RemoveAsync(long runnerId, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(HttpMethod.Delete, $"actions/runners/{runnerId.ToString(CultureInfo.InvariantCulture)}", null, $"remove runner {runnerId}", cancellationToken);
            return true;
        }
        catch (GitHubException exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            return true;
        }
        catch (GitHubException exception) when (exception.Status == HttpStatusCode.UnprocessableEntity)
        {
            return false;
        }
    }

    public async Task<RegisteredRunner?> FindAsync(string name, CancellationToken cancellationToken) =>
        (await client.SendAsync(HttpMethod.Get, $"actions/runners?name={Uri.EscapeDataString(name)}", null, $"look for runner {name}", cancellationToken))
        .Read(GitHubJson.Default.RestRunnerList, $"look for runner {name}").Runners?.FirstOrDefault(runner => runner.Name == name) is { } found
            ? new RegisteredRunner(found.Id, name, found.Status is null ? null : found.Status == "online", found.IsBusy)
            : null;

    public async Task<IReadOnlyList<RegisteredRunner>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        [.. (await ReadAllAsync(cancellationToken)).Where(runner => runner.Name?.StartsWith(prefix, StringComparison.Ordinal) == true)
            .Select(runner => new RegisteredRunner(runner.Id, runner.Name!, runner.Status is null ? null : runner.Status == "online", runner.IsBusy))]; // just checked

    /// <summary>Every runner with its labels.</summary>
    public async Task<IReadOnlyList<KnownRunner>> ListAllAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAllAsync(cancellationToken)).Select(runner => new KnownRunner(runner.Name ?? "", runner.Status == "online", runner.IsBusy == true, [.. (runner.Labels ?? []).Select(label => label.Name ?? "")]))];

    /// <summary>Finds out whether runners may be registered: what is asked for is thrown away, and expires by itself.</summary>
    /// <exception cref="GitHubException">They may not.</exception>
    public Task<GitHubResponse> ProbeAsync(CancellationToken cancellationToken) => client.SendAsync(HttpMethod.Post, "actions/runners/registration-token", null, "find out whether runners may be registered", cancellationToken);

    private async Task<IReadOnlyList<RestRunner>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var all = new List<RestRunner>();
        for (int page = 1; page <= MostPages; page++)
        {
            IReadOnlyList<RestRunner> found = (await client.SendAsync(HttpMethod.Get, $"actions/runners?per_page={PageSize.ToString(CultureInfo.InvariantCulture)}&page={page.ToString(CultureInfo.InvariantCulture)}", null, "list the runners", cancellationToken))
                .Read(GitHubJson.Default.RestRunnerList, "list the runners").Runners ?? [];
            all.AddRange(found);
            if (found.Count < PageSize)
                break;
        }

        return all;
    }

    private async Task<Registration> GenerateAsync(string name, IReadOnlyList<string> labels, CancellationToken cancellationToken)
    {
        RestJitAnswer answer = (await client.SendAsync(
            HttpMethod.Post, "actions/runners/generate-jitconfig", JsonSerializer.SerializeToUtf8Bytes(new RestJitRequest { Name = name, Labels = labels }, GitHubJson.Default.RestJitRequest), $"register runner {name}", cancellationToken))
            .Read(GitHubJson.Default.RestJitAnswer, $"register runner {name}");
        return answer is { Runner.Id: > 0, Configuration.Length: > 0 }
            ? new Registration(answer.Runner.Id, answer.Configuration)
            : throw new GitHubException($"Tried to register runner {name}: the answer has no runner or no configuration.");
    }
}
