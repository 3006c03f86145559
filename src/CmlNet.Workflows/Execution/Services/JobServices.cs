using System.Collections.Concurrent;
using CmlNet.Containers;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Specs;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution.Services;

/// <summary>The service containers of one job: started all at once, waited for, removed on disposal whatever happened.</summary>
internal sealed class JobServices(RunContext run, JobSpec spec) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, IContainer> _containers = new(StringComparer.Ordinal);

    /// <summary>Pulls and starts every service.</summary>
    public async Task StartAsync(Task<IContainerNetwork> network, string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        foreach (string id in spec.SkippedServices)
            run.Observer.On(new Notice(spec.Name, $"The service '{id}' has an empty image and is skipped."));
        foreach (ServiceSpec service in spec.Services.Where(service => !spec.HasContainer && service.Container.Ports.Count > 0))
            run.Observer.On(new Notice(spec.Name, $"On GitHub a job without 'container:' reaches the service '{service.Id}' at localhost; here its address is '{service.Id}', with the port of the container."));
        Task[] starting = [.. spec.Services.Select(service => StartAsync(service, network, name, labels, cancellationToken))];
        // All of them have ended before anything is removed.
        await Task.WhenAll(starting);
    }

    /// <summary>Waits until no service is still starting. Returns <c>job.services</c>.</summary>
    /// <exception cref="Steps.StepFailedException">A service is unhealthy; its log was shown.</exception>
    public async Task<ObjectValue> WaitAsync(IContainerNetwork? network, CancellationToken cancellationToken)
    {
        ContainerState[] states = await Task.WhenAll(spec.Services.Select(service => new ServiceHealth(run, spec.Name, service.Id, _containers[service.Id]).WaitAsync(cancellationToken)));
        var services = new ObjectValue();
        foreach ((ServiceSpec service, ContainerState state) in spec.Services.Zip(states))
        {
            services[service.Id] = new ObjectValue
            {
                { "id", _containers[service.Id].Id },
                { "network", network?.Name },
                { "ports", Ports(state) },
            };
        }
        return services;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_containers.Values.Select(container => container.DisposeAsync().AsTask()));

    private async Task StartAsync(ServiceSpec service, Task<IContainerNetwork> network, string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        await run.Engine.EnsureImageAsync(service.Image, new PullProgress(run, spec), cancellationToken);
        ContainerSpec container = service.Container with
        {
            Name = $"{name}-{FileName.From(service.Id)}".ToLowerInvariant(),
            Labels = labels,
            Network = (await network).Id,
        };
        _containers[service.Id] = await run.Engine.StartAsync(container, cancellationToken);
    }

    /// <summary>Host port by container port, without the protocol, as on GitHub.</summary>
    private static ObjectValue Ports(ContainerState state)
    {
        var ports = new ObjectValue();
        foreach ((string port, int hostPort) in state.Ports)
            ports[port.Split('/')[0]] = ExpressionValue.Of(hostPort.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return ports;
    }
}
