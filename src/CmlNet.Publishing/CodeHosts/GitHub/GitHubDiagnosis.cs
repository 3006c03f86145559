using System.Net;
using System.Runtime.CompilerServices;
using CmlNet.Publishing.Diagnosis;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>What can be seen of a token by reading only. What GITHUB_TOKEN may write shows only in the workflow's file.</summary>
internal sealed class GitHubDiagnosis(GitHubApi api, GitHubAppTokens? app, Func<CancellationToken, Task<Account>> readSelf)
{
    private static readonly string[] Written = ["contents", "pull_requests", "checks"];

    public async IAsyncEnumerable<Finding> ExamineAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        try
        {
            RepositoryReply repository = await api.GetAsync(api.RepositoryPath, GitHubWire.Default.RepositoryReply, "metadata: read", cancellationToken);
            Account self = await readSelf(cancellationToken);
            findings.Add(new Finding(FindingLevel.Ok, "token", self.Type == "Bot" ? $"of the App {self.Login}" : $"of {self.Login}, a person: it may not create check runs, so commit statuses stand in"));
            findings.Add(new Finding(FindingLevel.Ok, "visibility", repository.Private == true ? "private: images are shown to those who are signed in and may read it" : "public"));
            findings.Add(await PermissionsAsync(repository, self, cancellationToken));
            findings.Add(await LimitAsync(cancellationToken));
        }
        catch (PublishingException e)
        {
            string advice = e.Status == HttpStatusCode.NotFound ? " A token that may not read a private repository is told that there is none." : "";
            findings.Add(new Finding(FindingLevel.Failure, "token", e.Message + advice));
        }

        foreach (Finding finding in findings)
            yield return finding;
    }

    private async Task<Finding> PermissionsAsync(RepositoryReply repository, Account self, CancellationToken cancellationToken)
    {
        if (app is not null)
        {
            IReadOnlyDictionary<string, string> held = (await app.ReadAsync(cancellationToken)).Permissions ?? new Dictionary<string, string>(StringComparer.Ordinal);
            string[] missing = [.. Written.Where(p => held.GetValueOrDefault(p) != "write")];
            return missing.Length == 0
                ? new Finding(FindingLevel.Ok, "permissions", "the App may write contents, pull requests and checks")
                : new Finding(FindingLevel.Warning, "permissions", $"the App may not write {string.Join(", ", missing)}: grant it in the App's settings");
        }

        if (self.Type == "Bot")
            return new Finding(FindingLevel.Ok, "permissions", "a job's token does not tell what it may write; the job needs 'pull-requests: write' for comments, 'contents: write' for images, 'checks: write' for check runs");
        return repository.Permissions?.GetValueOrDefault("push") == true
            ? new Finding(FindingLevel.Ok, "permissions", "may push to the repository")
            : new Finding(FindingLevel.Failure, "permissions", "may not push to the repository: images under a reference and commit statuses would be refused");
    }

    private async Task<Finding> LimitAsync(CancellationToken cancellationToken)
    {
        RateReply reply = await api.GetAsync("rate_limit", GitHubWire.Default.RateReply, permission: null, cancellationToken);
        if (reply.Resources?.Core is not { } core)
            return new Finding(FindingLevel.Ok, "rate limit", "none");
        string opens = DateTimeOffset.FromUnixTimeSeconds(core.Reset).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        return new Finding(core.Remaining > core.Limit / 20 ? FindingLevel.Ok : FindingLevel.Warning, "rate limit", FormattableString.Invariant($"{core.Remaining} of {core.Limit} requests are left until {opens} UTC"));
    }
}
