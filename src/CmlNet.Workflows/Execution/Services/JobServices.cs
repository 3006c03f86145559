using System.Collections.Concurrent;
using System.Globalization;
using CmlNet.Containers;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Forwarding;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Specs;
using CmlNet.Workflows.Execution.Workspace;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution.Services;

/// <summary>The service containers of one job: started all at once, waited for, removed on disposal whatever happened.</summary>
internal sealed class JobServices(RunContext run, JobSpec spec) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, IContainer> _containers = new(StringComparer.Ordinal);

    /// <summary>Pulls and starts every service.</summary>
    public async Task StartAsync(Task<IContainerNetwork> network, string name, IReadOnlyDictionary<string, string> labels, JobFileMap map, CancellationToken cancellationToken)
    {
        foreach (string id in spec.SkippedServices)
            run.Observer.On(new Notice(spec.Name, $"The service '{id}' has an empty image and is skipped."));
        Task[] starting = [.. spec.Services.Select(service => StartAsync(service, network, name, labels, map, cancellationToken))];
        // All of them have ended before anything is removed.
        await Task.WhenAll(starting);
    }

    /// <summary>Waits until no service is still starting. Returns <c>job.services</c>.</summary>
    /// <exception cref="Steps.StepFailedException">A service is unhealthy; its log was shown.</exception>
    public async Task<ObjectValue> WaitAsync(IContainerNetwork? network, CancellationToken cancellationToken)
    {
        await Task.WhenAll(spec.Services.Select(service => new ServiceHealth(run, spec.Name, service.Id, _containers[service.Id]).WaitAsync(cancellationToken)));
        var services = new ObjectValue();
        foreach (ServiceSpec service in spec.Services)
        {
            services[service.Id] = new ObjectValue
            {
                { "id", _containers[service.Id].Id },
                { "network", network?.Name },
                { "ports", Ports(service) },
            };
        }
        return services;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_containers.Values.Select(container => container.DisposeAsync().AsTask()));

    private async Task StartAsync(ServiceSpec service, Task<IContainerNetwork> network, string name, IReadOnlyDictionary<string, string> labels, JobFileMap map, CancellationToken cancellationToken)
    {
        await run.Engine.EnsureImageAsync(service.Image, new PullProgress(run, spec), cancellationToken);
        ContainerSpec container = map.OnHost(service.Container) with
        {
            Name = $"{name}-{FileName.From(service.Id)}".ToLowerInvariant(),
            Labels = labels,
            Network = (await network).Id,
        };
        _containers[service.Id] = await run.Engine.StartAsync(container, cancellationToken);
    }

    /// <summary>What a job without <c>container:</c> has to find on its localhost: on GitHub it runs on the machine that the ports are published on.</summary>
    public IReadOnlyList<ForwardRule> Forwards() =>
        spec.HasContainer ? [] : [.. spec.Services.SelectMany(service => service.Ports.Where(port => port.Protocol == "tcp").Select(port => new ForwardRule(port.LocalPort, $"{service.Id}:{port.ContainerPort}")))];

    /// <summary>Local port by container port, without the protocol, as on GitHub.</summary>
    private static ObjectValue Ports(ServiceSpec service)
    {
        var ports = new ObjectValue();
        foreach (ServicePort port in service.Ports)
            ports[port.ContainerPort.ToString(CultureInfo.InvariantCulture)] = ExpressionValue.Of(port.LocalPort.ToString(CultureInfo.InvariantCulture));
        return ports;
    }
}
