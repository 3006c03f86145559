using System.Globalization;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Jobs.GitHub.Rest;
using CmlNet.Testing.Actions;
using CmlNet.Testing.GitHub;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Runner.Tests.Jobs.GitHub;

public sealed class GitHubHttpTests
{
    // GitHub's refusal has the status of a missing permission, and is none.
    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task Send_CallsOfTheHourAreUsedUp_SaysWhenThereAreMoreAndDoesNotRepeat(int status)
    {
        await using FakeActionsService service = await FakeActionsService.StartAsync();
        service.Allow("ghp_test", isInstallation: false);
        DateTimeOffset reset = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1800);
        service.Faults.Add(new Fault
        {
            Kind = FaultKind.StatusBeforeApplying,
            Method = "GET",
            PathEnd = "/runners",
            Status = status,
            Body = """{"message":"API rate limit exceeded for installation ID 1."}""",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-ratelimit-remaining"] = "0", ["x-ratelimit-reset"] = reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
        });
        using var http = new GitHubHttp(new SocketsHttpHandler(), new GitHubRetries { FirstDelay = TimeSpan.FromMilliseconds(1) }, TimeProvider.System, NullLogger.Instance);
        var client = new RestClient(http, GitHubScope.Parse(new Uri(service.Url + "/acme/models"), isServerForced: false), new PersonalCredentials(new SecretReference(SecretKind.Variable, "T"), _ => "ghp_test"));

        GitHubException exception = await Assert.ThrowsAsync<GitHubException>(() => new RestRegistry(client).ListAllAsync(CancellationToken.None));

        Assert.Equal(reset, exception.RetryAt);
        Assert.EndsWith($"The calls of this hour are used up; there are more at {reset.UtcDateTime:HH:mm} UTC.", exception.Message, StringComparison.Ordinal);
        Assert.Single(service.Requests);
    }
}
