using CmlNet.Containers;
using CmlNet.Containers.Process;
using CmlNet.Workflows.Actions.Checkout;
using CmlNet.Workflows.Actions.Node;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Forwarding;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Services;
using CmlNet.Workflows.Execution.Specs;
using CmlNet.Workflows.Execution.Supervision;
using CmlNet.Workflows.Execution.Workspace;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution;

/// <summary>A job's directories, network and container; disposing removes all of them, whatever was cancelled.</summary>
internal sealed class JobSandbox : IAsyncDisposable
{
    private readonly RunContext _run;
    private readonly JobState _state;
    private readonly JobServices _services;
    private readonly Lock _lock = new();
    private Task? _removal;
    private IContainerNetwork? _network;
    private ImageInfo? _image;
    private IContainer? _container;
    private JobForwarder? _forwarder;

    private JobSandbox(RunContext run, JobState state) => (_run, _state, _services) = (run, state, new JobServices(run, state.Spec));

    // Set by StartAsync before anybody sees the object.
    public IContainer Container => _container!;

    /// <summary>The <c>job</c> context: container id and network.</summary>
    public ObjectValue JobContext { get; private set; } = [];

    public static async Task<JobSandbox> StartAsync(RunContext run, JobState state, CancellationToken cancellationToken)
    {
        var sandbox = new JobSandbox(run, state);
        try
        {
            await sandbox.StartAsync(cancellationToken);
            return sandbox;
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>May be called again, as when a run is stopped at once: there is one removal.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_lock)
            return new ValueTask(_removal ??= RemoveAsync());
    }

    private async Task RemoveAsync()
    {
        if (_container is not null)
            await new JobFolderEmptying(_run, _state, _run.FilesOf(_state.Paths)).EmptyAsync(_container);
        // All take the engine a while, and none waits for another.
        await Task.WhenAll(RemoveContainerAsync(), DisposeAsync(_forwarder), DisposeAsync(_state.ResultsForwarder), DisposeAsync(_services), DisposeAsync(_network));
    }

    private async Task RemoveContainerAsync()
    {
        await DisposeAsync(_container);
        await ScratchRemoval.RemoveAsync(_state.Paths.HostRoot, _run.Logger, _run.Time);
        await ScratchRemoval.RemoveAsync(_state.Paths.HostMemory, _run.Logger, _run.Time);
    }

    /// <summary>Without a container nothing can be mounted: the work tree stands behind a link, which removal does not follow.</summary>
    private void BindOnHost()
    {
        Directory.Delete(_state.Paths.HostWorkspace);
        Directory.CreateSymbolicLink(_state.Paths.HostWorkspace, _run.Request.RepositoryRoot);
    }

    private static async Task DisposeAsync(IAsyncDisposable? part)
    {
        if (part is not null)
            await part.DisposeAsync();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _state.Paths.Create();
        if (_run.EngineInfo.RunsOnHost && _run.Request.BindWorkspace)
            BindOnHost();
        await File.WriteAllTextAsync(_state.Paths.HostEventFile, _run.Input.EventJson, cancellationToken);
        // The copy belongs to the user who ran us, the job's git to somebody else: as actions/checkout does, tell git that this is meant.
        // Before the job runs: later, the file could be a link of its making.
        await File.WriteAllTextAsync(Path.Combine(_state.Paths.HostHome, ".gitconfig"), "[safe]\n\tdirectory = *\n", cancellationToken);
        string name = $"cml-{_run.RunId}-{FileName.From(_state.LogName)}".ToLowerInvariant();
        IReadOnlyDictionary<string, string> labels = _run.Labels(_state.Spec.Name);

        // The slow parts do not depend on each other, but that services need the network.
        Task<ImageInfo> image = _run.Engine.EnsureImageAsync(_state.Spec.Image, new PullProgress(_run, _state.Spec), cancellationToken);
        Task workspace = PrepareWorkspaceAsync(cancellationToken);
        Task<IContainerNetwork> network = CreateNetworkAsync(name, labels, cancellationToken);
        Task started = _services.StartAsync(network, name, labels, _run.FilesOf(_state.Paths), cancellationToken);
        await Task.WhenAll(image, workspace, network, started).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        // Known before anything is thrown, so that disposing removes it.
        if (network.IsCompletedSuccessfully)
            _network = await network;
        _image = await image;
        await workspace;
        await network;
        await started;

        if (_image.Environment.TryGetValue("PATH", out string? path))
            _state.BasePath = path;
        if (_run.Cml is { } cml)
            _state.BasePath = $"{cml.BinFolder}:{_state.BasePath}";
        _container = await StartContainerAsync(name, labels, cancellationToken);
        Task<ObjectValue> services = _services.WaitAsync(_network, cancellationToken);
        await Task.WhenAll(services, ForwardAsync(_container, cancellationToken));
        JobContext = new ObjectValue
        {
            { "status", "success" },
            { "services", await services },
        };
        // As on GitHub, a job on the machine itself has none: workflows ask by it whether they are in a container.
        if (_state.Spec.HasContainer && !_run.EngineInfo.RunsOnHost)
            JobContext["container"] = new ObjectValue { { "id", _container.Id }, { "network", _network?.Name } };
        else if (_state.Spec.Services.Count > 0)
            JobContext["container"] = new ObjectValue { { "network", _network?.Name } };
    }

    /// <summary>With a supervisor where the image may be able to run one; its start goes on beside the job's first steps.</summary>
    private async Task<IContainer> StartContainerAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        bool canSupervise = _run.Cml is not null && !_run.EngineInfo.RunsOnHost && _run.EngineInfo.SharesFileSystem;
        SupervisorSocket? socket = canSupervise ? SupervisorSocket.TryCreate() : null;
        if (socket is null)
            return await _run.Engine.StartAsync(Complete(name, labels, null), cancellationToken);
        try
        {
            IContainer container = await _run.Engine.StartAsync(Complete(name, labels, socket), cancellationToken);
            return new SupervisedContainer(container, socket, _run.Time, _run.Logger);
        }
        catch (EngineException e) when (e.Kind == EngineErrorKind.Refused)
        {
            // An image without sh cannot run the script that starts a supervisor; what else was refused is refused again.
            socket.Dispose();
            return await _run.Engine.StartAsync(Complete(name, labels, null), cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Task<IContainerNetwork> CreateNetworkAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        _run.FirstNetwork?.Take() ?? _run.Engine.CreateNetworkAsync(name, labels, cancellationToken);

    private async Task ForwardAsync(IContainer container, CancellationToken cancellationToken)
    {
        IReadOnlyList<ForwardRule> rules = _services.Forwards();
        if (rules.Count == 0)
            return;
        if (_run.Cml is not null)
            _forwarder = await JobForwarder.StartAsync(container, rules, _run.Time, cancellationToken);
        if (_forwarder is not { Problem: null })
            _run.Observer.On(new Notice(_state.Spec.Name, $"The services' ports are not on localhost here ({_forwarder?.Problem ?? "this process is not the published single file"}): a service's address is its id, with the port of its container."));
    }

    private async Task PrepareWorkspaceAsync(CancellationToken cancellationToken)
    {
        if (_run.EngineInfo.RunsOnHost && _state.Spec.HasContainer)
            _run.Observer.On(new Notice(_state.Spec.Name, $"'container: {_state.Spec.Image.Reference}' is not used: the {_run.EngineInfo.Name} engine has no containers, and the job runs on this machine itself."));
        if (_run.Request.BindWorkspace || _state.Spec.Job.Steps.Any(step => CheckoutAction.Handles(step.Uses)))
            return;
        _run.Observer.On(new Notice(_state.Spec.Name, "This job has no actions/checkout step: on GitHub its workspace would be empty; here it holds a copy of the work tree."));
        await WorkTree.CopyAsync(_run.Request.RepositoryRoot, _state.Paths.HostWorkspace, cancellationToken);
    }

    private ContainerSpec Complete(string name, IReadOnlyDictionary<string, string> labels, SupervisorSocket? socket)
    {
        List<Mount> own = [new Mount(_run.LocalHostFolder, _run.LocalHostInJob), .. _run.Cml?.Mounts ?? [], .. HostNodes.MountsFor(_run.Request, _state.Spec.Job)];
        if (_run.Cml is not null && _run.Results.MountFor(_state.Spec.Job) is { } results)
            own.Add(results);
        if (socket is not null)
            own.Add(socket.Mount);
        ContainerSpec container = JobContainerSpec.Of(_state.Spec, _state.Paths, _run.FilesOf(_state.Paths), own, isSupervised: socket is not null);
        return container with
        {
            Name = name,
            Labels = labels,
            Network = _network?.Id,
            Environment = _run.EngineInfo.RunsOnHost
                ? new Dictionary<string, string>(container.Environment, StringComparer.Ordinal) { [TrackedProcesses.Variable] = RunTracking.Of(_run.RunId, FileName.From(_state.LogName)) }
                // For the lineage in reports: a container cannot ask for the image it came from.
                : new Dictionary<string, string>(container.Environment, StringComparer.Ordinal)
                {
                    ["CML_IMAGE"] = _state.Spec.Image.Reference,
                    ["CML_IMAGE_DIGEST"] = ImageDigest(_state.Spec.Image.Reference),
                },
        };
    }

    private string ImageDigest(string reference) => reference.Contains('@', StringComparison.Ordinal) ? reference : $"{reference}@{_image?.Digest ?? _image?.Id}";
}
