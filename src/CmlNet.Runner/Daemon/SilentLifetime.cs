using Microsoft.Extensions.Hosting;

namespace CmlNet.Runner.Daemon;

/// <summary>A web server that ends when it is told to, and not by signals.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
