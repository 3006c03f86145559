using System.Globalization;
using System.Text;

namespace CmlNet.Containers.Process;

/// <summary>Not a container: the host itself, with an environment that starts out clean.</summary>
internal sealed class ProcessContainer(ContainerSpec spec, IReadOnlyList<string> launcher, EngineContext context) : IContainer
{
    // What every login has; all else of our own environment stays out, secrets first of all.
    private static readonly string[] Inherited = ["PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR"];

    // As a shell says it.
    private const int NotFound = 127;

    private readonly Lock _lock = new();
    private readonly HashSet<int> _groups = [];

    public string Id => spec.Name;

    public async Task<ExecResult> ExecAsync(ExecSpec spec, IOutputSink output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(output);
        if (spec.Command.Count == 0)
            throw new EngineException(EngineErrorKind.Refused, "No command was given to run.");
        if (spec.User is { } user)
            throw new EngineException(EngineErrorKind.Refused, $"The process engine cannot run a command as user '{user}': it runs everything as the user who started it. Use --engine docker.");
        cancellationToken.ThrowIfCancellationRequested();
        var environment = BuildEnvironment(spec);
        if (HostCommand.Missing(spec.Command[0], environment) is { } missing)
        {
            await output.WriteAsync(StandardStream.Error, Encoding.UTF8.GetBytes(missing), cancellationToken);
            return new ExecResult(NotFound);
        }

        using var command = HostCommand.Start(launcher, spec with { WorkingDirectory = WorkingDirectoryOf(spec) }, environment, context.Time);
        lock (_lock)
            _groups.Add(command.Group);
        try
        {
            return new ExecResult(await command.RunAsync(output, spec.StopLadder, cancellationToken));
        }
        finally
        {
            // An empty group is forgotten at once: its number may be given to someone else's process later.
            if (!Posix.GroupExists(command.Group))
            {
                lock (_lock)
                    _groups.Remove(command.Group);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            foreach (var group in _groups)
                Posix.SignalGroup(group, Posix.Kill);
            _groups.Clear();
        }

        if (spec.Environment.TryGetValue(TrackedProcesses.Variable, out var mark))
            TrackedProcesses.Kill(other => other == mark);

        return ValueTask.CompletedTask;
    }

    private string? WorkingDirectoryOf(ExecSpec exec) => exec.WorkingDirectory ?? spec.Options.WorkingDirectory ?? spec.WorkingDirectory;

    private Dictionary<string, string> BuildEnvironment(ExecSpec exec)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Inherited)
        {
            if (context.Variable(name) is { } value)
                environment[name] = value;
        }

        var gpus = spec.Options.Gpus.IsNone ? spec.Gpus : spec.Options.Gpus;
        if (gpus.DeviceIds.Count > 0)
            environment["CUDA_VISIBLE_DEVICES"] = string.Join(',', gpus.DeviceIds);
        else if (gpus.Count > 0)
            environment["CUDA_VISIBLE_DEVICES"] = string.Join(',', Enumerable.Range(0, gpus.Count).Select(i => i.ToString(CultureInfo.InvariantCulture)));
        foreach (var (name, value) in spec.Environment.Concat(spec.Options.Environment).Concat(exec.Environment))
            environment[name] = value;
        return environment;
    }
}
