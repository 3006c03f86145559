using System.Net.Sockets;
using CmlNet.Containers;
using CmlNet.Workflows.Actions.Checkout;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Directories;
using CmlNet.Workflows.Execution.Forwarding;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions.Results;

/// <summary>
/// A run's artifact and cache services, started when the first action needs them. Jobs in containers reach them by a forwarder of their own and a
/// Unix socket that is mounted: this needs no network, and nothing listens beyond this machine.
/// </summary>
internal sealed class ResultsAccess : IAsyncDisposable
{
    private const string JobFolder = "/__cml/results";
    private const string SocketName = "s";

    private readonly Lazy<ResultsServer> _server;
    private readonly Lazy<OwnedFolder?> _folder;
    private readonly CancellationTokenSource _stop = new();
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;

    public ResultsAccess(RunRequest request, string scratch)
    {
        _server = new Lazy<ResultsServer>(() => ResultsServer.Start(request.RunId, request.RunDirectory, request.RepositoryRoot, Path.Combine(scratch, "results")));
        _folder = new Lazy<OwnedFolder?>(Listen);
    }

    /// <summary>What a job's container needs so that its actions can reach the services; null for a job that has none that could ask.</summary>
    public Mount? MountFor(Job job) =>
        job.Steps.Any(step => step.Uses is not null && !CheckoutAction.Handles(step.Uses)) && _folder.Value is { } folder ? new Mount(Path.Combine(folder.Path, "c"), JobFolder, ReadOnly: true) : null;

    /// <summary>Adds what GitHub gives to JavaScript actions, and to them alone.</summary>
    public async Task AddVariablesAsync(StepInvocation invocation, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        if (!invocation.Run.EngineInfo.RunsOnHost && !await ForwardAsync(invocation, cancellationToken))
            return;
        string token = _server.Value.Key.Token(invocation.Run.RunId, FileName.From(invocation.State.LogName));
        invocation.Run.Masker.Add(token);
        environment["ACTIONS_RUNTIME_TOKEN"] = token;
        environment["ACTIONS_RUNTIME_URL"] = _server.Value.Url;
        environment["ACTIONS_RESULTS_URL"] = _server.Value.Url;
        environment["ACTIONS_CACHE_SERVICE_V2"] = "True";
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener?.Dispose();
        await _accepting;
        if (_server.IsValueCreated)
            await _server.Value.DisposeAsync();
        if (_folder.IsValueCreated)
            _folder.Value?.Dispose();
        _stop.Dispose();
    }

    /// <summary>Once per job.</summary>
    private async Task<bool> ForwardAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        if (invocation.Run.Cml is null || !_folder.IsValueCreated || _folder.Value is null)
            return false;
        if (invocation.State.ResultsForwarder is null)
        {
            ForwardRule[] rules = [new(_server.Value.Port, $"{JobFolder}/{SocketName}")];
            invocation.State.ResultsForwarder = await JobForwarder.StartAsync(invocation.Container, rules, invocation.Run.Time, cancellationToken);
            if (invocation.State.ResultsForwarder.Problem is { } problem)
                invocation.Log.Write($"##[warning]Actions of this job cannot reach the artifact and cache services: {problem}");
        }
        return invocation.State.ResultsForwarder.Problem is null;
    }

    /// <summary>Not below the run's scratch folder: a socket's path has at most about a hundred bytes. Only its owner gets into the outer folder.</summary>
    private OwnedFolder? Listen()
    {
        if (OperatingSystem.IsWindows())
            return null;
        OwnedFolder? folder = null;
        try
        {
            folder = OwnedFolder.Create(Path.GetTempPath());
            string inner = Directory.CreateDirectory(Path.Combine(folder.Path, "c")).FullName;
            File.SetUnixFileMode(inner, (UnixFileMode)0b111_101_101);
            _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(inner, SocketName)));
            File.SetUnixFileMode(Path.Combine(inner, SocketName), (UnixFileMode)0b111_111_111);
            _listener.Listen();
            _accepting = Forwarder.AcceptAsync(_listener, () => $"127.0.0.1:{_server.Value.Port}", _stop.Token);
            return folder;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            folder?.Dispose();
            return null;
        }
    }
}
