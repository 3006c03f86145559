using System.Net;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Jobs.GitHub;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Fleet.Retired;

/// <summary>
/// The list of runners of a pool that is no longer configured. The credentials of now may not be good for it: then there is nothing
/// to wait for, since GitHub takes ephemeral runners off its list by itself, after their job or after a day.
/// </summary>
/// <param name="inner">Null where it cannot even be asked: another server is not sent this one's credentials.</param>
/// <param name="pool">Its name.</param>
/// <param name="logger">Told of a refusal, once.</param>
internal sealed class RetiredRegistry(IRunnerRegistry? inner, string pool, ILogger logger) : IRunnerRegistry
{
    private int _isSaid;

    public IRunnerRegistry? Inner => inner;

    public Task<Registration> RegisterAsync(string name, IReadOnlyList<string> labels, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"{pool} is no longer configured and gets no runner.");

    public Task<bool> RemoveAsync(long runnerId, CancellationToken cancellationToken) => AskAsync(registry => registry.RemoveAsync(runnerId, cancellationToken), otherwise: true);

    public Task<RegisteredRunner?> FindAsync(string name, CancellationToken cancellationToken) => AskAsync(registry => registry.FindAsync(name, cancellationToken), otherwise: null);

    public Task<IReadOnlyList<RegisteredRunner>> ListAsync(string prefix, CancellationToken cancellationToken) => AskAsync(registry => registry.ListAsync(prefix, cancellationToken), otherwise: []);

    /// <summary>Asking again with the same credentials does not help.</summary>
    public static bool IsRefusal(GitHubException exception) =>
        exception is { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone, RetryAt: null };

    private async Task<T> AskAsync<T>(Func<IRunnerRegistry, Task<T>> ask, T otherwise)
    {
        try
        {
            if (inner is not null)
                return await ask(inner);
            Say("it is on another server, which is not sent the credentials of this one.");
        }
        catch (GitHubException exception) when (IsRefusal(exception))
        {
            Say(exception.Message);
        }

        return otherwise;
    }

    private void Say(string reason)
    {
        if (Interlocked.Exchange(ref _isSaid, 1) == 0)
            FleetLog.NotReachable(logger, pool, reason);
    }
}
