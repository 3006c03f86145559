using System.Buffers;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using HostProcess = System.Diagnostics.Process;

namespace CmlNet.Containers.Process;

/// <summary>One command on the host, in a session and process group of its own.</summary>
internal sealed class HostCommand : IDisposable
{
    private const int BufferLength = 64 * 1024;

    // MAX_ARG_STRLEN of Linux, 32 pages.
    private const int LongestVariable = 128 * 1024;

    // A daemon that a command leaves behind may hold its output open for ever; Docker waits two seconds for it too.
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(25);

    private readonly HostProcess _process;
    private readonly TimeProvider _time;

    private HostCommand(HostProcess process, TimeProvider time)
    {
        _process = process;
        _time = time;
        Group = process.Id;
    }

    /// <summary>Process group: the id of the command itself, whose session it is.</summary>
    public int Group { get; }

    public static HostCommand Start(IReadOnlyList<string> launcher, ExecSpec spec, IReadOnlyDictionary<string, string> environment, TimeProvider time)
    {
        var start = new ProcessStartInfo(launcher[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = spec.WorkingDirectory ?? "",
        };
        foreach (var argument in launcher.Skip(1).Concat(spec.Command))
            start.ArgumentList.Add(argument);
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        Demand(spec, environment);
        try
        {
            var process = InheritedSignals.Start(() => HostProcess.Start(start))
                ?? throw new EngineException(EngineErrorKind.Refused, $"'{spec.Command[0]}' could not be started.");
            return new HostCommand(process, time);
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or IOException)
        {
            throw new EngineException(EngineErrorKind.Refused, $"'{spec.Command[0]}' could not be started: {exception.Message}", exception);
        }
    }

    private static void Demand(ExecSpec spec, IReadOnlyDictionary<string, string> environment)
    {
        if (spec.WorkingDirectory is { } folder && !Directory.Exists(folder))
            throw new EngineException(EngineErrorKind.Refused, $"The working directory '{folder}' does not exist.");
        if (environment.Select(pair => (Name: pair.Key, Bytes: Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value) + 2)).FirstOrDefault(pair => pair.Bytes > LongestVariable) is { Name: { } name } variable)
            throw new EngineException(EngineErrorKind.Refused, $"The variable '{name}' has {variable.Bytes} bytes; a process takes {LongestVariable} of one. Write it to a file, and pass the file's name.");
    }

    /// <summary>What to say of a program that is not there, before the launcher says it in its own name; null when it is.</summary>
    public static string? Missing(string program, IReadOnlyDictionary<string, string> environment)
    {
        var folders = environment.GetValueOrDefault("PATH", "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return program.Contains('/', StringComparison.Ordinal) || folders.Length == 0 || Array.Exists(folders, folder => File.Exists(Path.Combine(folder, program)))
            ? null
            : $"{program}: not found in any folder of PATH. Install it there, or use another program (in a workflow: another shell:).\n";
    }

    /// <summary>Streams the output until the command is done; on cancellation climbs the ladder, then throws.</summary>
    public async Task<int> RunAsync(IOutputSink output, StopLadder ladder, CancellationToken cancellationToken)
    {
        var sink = new SerialSink(output);
        using var reading = new CancellationTokenSource();
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.StandardInput.Close();
        var readers = Task.WhenAll(
            PumpAsync(_process.StandardOutput.BaseStream, StandardStream.Output, sink, failed, reading.Token),
            PumpAsync(_process.StandardError.BaseStream, StandardStream.Error, sink, failed, reading.Token));
        try
        {
            var exited = WaitForExitAsync(reading.Token);
            // A sink that throws must not leave us waiting for the command.
            await (await Task.WhenAny(exited, failed.Task).WaitAsync(cancellationToken));
            await WithinGraceAsync(readers);
            return _process.ExitCode;
        }
        catch
        {
            await StopAsync(ladder);
            await WithinGraceAsync(readers, throwing: false);
            throw;
        }
        finally
        {
            // A read of a pipe cannot be cancelled: one that a daemon holds open ends when its group is killed.
            await sink.CloseAsync();
            await reading.CancelAsync();
        }
    }

    public void Dispose() => _process.Dispose();

    // Process.WaitForExitAsync would also wait for the end of redirected output that a daemon may hold open.
    private async Task WaitForExitAsync(CancellationToken cancellationToken)
    {
        var exited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => exited.TrySetResult();
        if (_process.HasExited)
            exited.TrySetResult();
        await exited.Task.WaitAsync(cancellationToken);
    }

    private async Task StopAsync(StopLadder ladder)
    {
        (int Signal, TimeSpan Wait)[] rungs =
            [(Posix.Interrupt, ladder.AfterInterrupt), (Posix.Terminate, ladder.AfterTerminate), (Posix.Kill, AfterKill)];
        foreach (var (signal, wait) in rungs)
        {
            if (!Posix.SignalGroup(Group, signal))
                return;
            var began = _time.GetTimestamp();
            while (Posix.GroupExists(Group) && _time.GetElapsedTime(began) < wait)
                await Task.Delay(Poll, _time, CancellationToken.None);
        }
    }

    private async Task WithinGraceAsync(Task readers, bool throwing = true)
    {
        using var enough = new CancellationTokenSource();
        if (await Task.WhenAny(readers, Task.Delay(OutputGrace, _time, enough.Token)) == readers && throwing)
            await readers;
        await enough.CancelAsync();
    }

    private static async Task PumpAsync(Stream stream, StandardStream kind, SerialSink sink, TaskCompletionSource failed, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (await stream.ReadAsync(buffer.AsMemory(0, BufferLength), cancellationToken) is var length and > 0)
                await sink.WriteAsync(kind, buffer.AsMemory(0, length), cancellationToken);
        }
        catch (Exception exception)
        {
            failed.TrySetException(exception);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
