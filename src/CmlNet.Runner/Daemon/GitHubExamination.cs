using CmlNet.Runner.Configuration;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Jobs.GitHub.Rest;
using CmlNet.Runner.Jobs.GitHub.ScaleSets;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Runner.Daemon;

/// <summary>The doctor's look at GitHub: credentials, permissions, clock, runners, scale sets and their group.</summary>
internal sealed class GitHubExamination(RunnerConfiguration configuration, GitHubHttp http, GitHubScope scope, IGitHubCredentials credentials, DoctorFindings findings)
{
    // GitHub refuses an App's token that was issued more than a minute into the future.
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(30);

    private bool _hasClock;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string? token = await findings.ExamineAsync("credentials", async () => (await credentials.GetTokenAsync(cancellationToken), configuration.Authentication.IsApp ? $"App {configuration.Authentication.ClientId}" : "a personal access token"));
        if (token is null)
            return;
        if (credentials is AppCredentials { Permissions: { } granted })
            findings.Add(AppPermissions.Examine(granted, scope, configuration));
        if (configuration.Pools.Any(pool => pool.Mode != JobSourceKind.ScaleSet))
            await ExamineRunnersAsync(cancellationToken);
        if (configuration.Pools.Any(pool => pool.Mode == JobSourceKind.ScaleSet))
            await ExamineScaleSetsAsync(cancellationToken);
    }

    private Task<GitHubResponse?> ExamineRunnersAsync(CancellationToken cancellationToken) => findings.ExamineAsync("runners", async () =>
    {
        var registry = new RestRegistry(new RestClient(http, scope, credentials));
        GitHubResponse answer = await registry.ProbeAsync(cancellationToken);
        ExamineClock(answer);
        await registry.ListAllAsync(cancellationToken);
        return (answer, $"runners of {scope.Url} can be registered and listed");
    });

    private async Task ExamineScaleSetsAsync(CancellationToken cancellationToken)
    {
        using var connection = new ActionsConnection(http, scope, credentials);
        GitHubResponse? answered = await findings.ExamineAsync("scale sets", async () =>
        {
            GitHubResponse answer = await connection.SendAsync(HttpMethod.Get, $"runtime/runnerscalesets?runnerGroupId=1&name={Uri.EscapeDataString(configuration.Pools[0].Name)}", null, $"reach the Actions service of {scope.Url}", cancellationToken);
            ExamineClock(answer);
            return (answer, $"the Actions service answers for {scope.Url}");
        });
        if (answered is null)
            return;
        foreach (PoolConfiguration pool in configuration.Pools.Where(pool => pool.Mode == JobSourceKind.ScaleSet))
        {
            var client = new ScaleSetClient(connection, pool.Name, pool.Labels, configuration.RunnerGroup, NullLogger.Instance);
            string name = $"scale set {pool.Name}";
            await findings.ExamineAsync(name, async () => (name, Describe(pool, await client.LookAsync(cancellationToken))));
        }
    }

    private static string Describe(PoolConfiguration pool, ScaleSet? set)
    {
        if (set is null)
            return "is not there yet; the daemon makes it";
        string[] missing = [.. pool.Labels.Except((set.Labels ?? []).Select(label => label.Name), StringComparer.OrdinalIgnoreCase)];
        return missing.Length == 0
            ? "is there"
            : throw new RunnerConfigurationException($"it is there without the labels {string.Join(", ", missing)}, which it can only get when it is made. Delete it in the settings of the organization or repository under Actions, Runners, and the daemon makes it anew.");
    }

    // Once: the answers come from one place.
    private void ExamineClock(GitHubResponse answer)
    {
        if (_hasClock || answer.Date is not { } theirs)
            return;
        _hasClock = true;
        TimeSpan skew = (http.Time.GetUtcNow() - theirs).Duration();
        findings.Add("clock", skew < MostSkew, skew < MostSkew ? "as GitHub's" : $"{skew.TotalSeconds:0} s off GitHub's. Switch time synchronization on (timedatectl set-ntp true).");
    }
}
