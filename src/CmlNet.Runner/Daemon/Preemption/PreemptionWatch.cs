using CmlNet.Runner.Configuration;

namespace CmlNet.Runner.Daemon.Preemption;

/// <summary>Whether the machine is about to be taken away, by any of the configured sources.</summary>
internal sealed class PreemptionWatch(PreemptionConfiguration configuration, TimeProvider time)
{
    /// <summary>What every reason begins with.</summary>
    public const string Prefix = "preempted: ";

    private readonly TaskCompletionSource<string> _noticed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done, with the reason, when it was said.</summary>
    public Task<string> Noticed => _noticed.Task;

    /// <summary>One loop for each source, by name.</summary>
    public IEnumerable<(string Name, Func<CancellationToken, Task> Loop)> Loops()
    {
        if (configuration.Cloud is { } cloud)
        {
            yield return ("watching for preemption", async token =>
            {
                using var notice = new CloudNotice(cloud, configuration.Endpoint, configuration.Interval, time);
                await ListenAsync(notice, token);
            });
        }

        if (configuration.AcpiSocket is { } socket)
            yield return ("listening to acpid", token => ListenAsync(new AcpiNotice(socket), token));
    }

    private async Task ListenAsync(IPreemptionNotice notice, CancellationToken cancellationToken) => _noticed.TrySetResult(Prefix + await notice.WaitAsync(cancellationToken));
}
