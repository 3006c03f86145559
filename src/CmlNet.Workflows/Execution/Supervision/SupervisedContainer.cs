using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using CmlNet.Containers;
using Microsoft.Extensions.Logging;

namespace CmlNet.Workflows.Execution.Supervision;

/// <summary>
/// A container whose commands a supervisor inside it runs, without a call to the engine for each. While it starts, or when it cannot
/// (an image without glibc, an engine in a virtual machine), commands go through the engine as ever.
/// </summary>
internal sealed class SupervisedContainer : IContainer, IPausableContainer
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(15);

    private readonly IContainer _inner;
    private readonly SupervisorSocket _socket;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _starting;
    private readonly Task _end;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private Task<SupervisorFrames?> _connection;
    private volatile EngineException? _lost;

    /// <param name="inner">Its own command starts the supervisor.</param>
    public SupervisedContainer(IContainer inner, SupervisorSocket socket, TimeProvider time, ILogger logger)
    {
        (_inner, _socket, _time, _logger) = (inner, socket, time, logger);
        _starting = new CancellationTokenSource(StartLimit, time);
        _end = WatchAsync();
        _connection = ConnectAsync();
    }

    public string Id => _inner.Id;

    /// <summary>Whether a supervisor answers; waits until that is known.</summary>
    public async Task<bool> IsSupervisedAsync() => await _connection is not null;

    public async Task<ExecResult> ExecAsync(ExecSpec spec, IOutputSink output, CancellationToken cancellationToken)
    {
        // Another user than the container's own is the engine's to switch to.
        if (spec.User is not null)
            return await _inner.ExecAsync(spec, output, cancellationToken);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (await _connection.WaitAsync(cancellationToken) is not { } frames)
                return await _inner.ExecAsync(spec, output, cancellationToken);
            return await ExecAsync(frames, spec, output, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task<IAsyncDisposable> PauseAsync(CancellationToken cancellationToken) => _inner is IPausableContainer container
        ? container.PauseAsync(cancellationToken)
        : throw new EngineException(EngineErrorKind.Refused, "This engine cannot hold a container.");

    public async ValueTask DisposeAsync()
    {
        await _starting.CancelAsync();
        if (await _connection is { } frames)
            await frames.DisposeAsync();
        await _inner.DisposeAsync();
        try
        {
            // Ends with its container, whatever it was doing.
            await _end.WaitAsync(StartLimit, _time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            Log.SupervisorEnded(_logger, Id, "the engine did not say that it ended");
        }
        // A command that still ran has seen its connection end.
        await _turn.WaitAsync(StartLimit, CancellationToken.None);
        _socket.Dispose();
        _starting.Dispose();
        _turn.Dispose();
    }

    /// <summary>The engine is waited for as long as the container lives: that is how its loss is noticed while a step runs.</summary>
    private async Task WatchAsync()
    {
        if (_inner is not IWaitableContainer container)
            return;
        string end = "its container ended";
        try
        {
            await container.WaitAsync(CancellationToken.None);
        }
        catch (EngineException e)
        {
            end = e.Message;
            if (e.Kind == EngineErrorKind.Lost)
                await LoseAsync(e);
        }
        Log.SupervisorEnded(_logger, Id, end);
        // Nobody will connect any more.
        await _starting.CancelAsync();
    }

    /// <summary>Without its engine a job cannot be cleaned up or go on: the running command ends with the engine's own message.</summary>
    private async Task LoseAsync(EngineException lost)
    {
        _lost = lost;
        if (_connection.IsCompletedSuccessfully && await _connection is { } frames)
            await frames.DisposeAsync();
    }

    private async Task<SupervisorFrames?> ConnectAsync()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_starting.Token);
        Task<SupervisorFrames?> accepting = _socket.AcceptAsync(over.Token);
        Task failing = _socket.FailedAsync(_time, over.Token);
        try
        {
            await Task.WhenAny(accepting, failing);
            await over.CancelAsync();
            return await accepting;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            return null;
        }
        finally
        {
            await failing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task<ExecResult> ExecAsync(SupervisorFrames frames, ExecSpec spec, IOutputSink output, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var request = new SupervisorRequest
        {
            Command = spec.Command,
            Environment = spec.Environment,
            WorkingDirectory = spec.WorkingDirectory,
            AfterInterrupt = spec.StopLadder.AfterInterrupt.TotalMilliseconds,
            AfterTerminate = spec.StopLadder.AfterTerminate.TotalMilliseconds,
        };
        var sink = new WatchedSink(output);
        using var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        Task stopped = Task.CompletedTask;
        try
        {
            await frames.WriteAsync(SupervisorFrame.Run, JsonSerializer.SerializeToUtf8Bytes(request, SupervisorJson.Default.SupervisorRequest), CancellationToken.None);
            await using CancellationTokenRegistration stopping = cancellationToken.Register(() =>
            {
                limit.CancelAfter(spec.StopLadder.AfterInterrupt + spec.StopLadder.AfterTerminate + StopMargin);
                stopped = StopAsync(frames);
            });
            return await ReceiveAsync(frames, sink, limit.Token, cancellationToken);
        }
        catch when (sink.HasFailed)
        {
            // Nobody takes the rest of what the command says, and the next command must not get it.
            await GiveUpAsync(frames);
            throw;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException || (e is OperationCanceledException && limit.IsCancellationRequested))
        {
            await GiveUpAsync(frames);
            cancellationToken.ThrowIfCancellationRequested();
            if (_lost is { } lost)
                throw new EngineException(lost.Kind, lost.Message, lost);
            throw new EngineException(EngineErrorKind.Lost, $"The process that runs the job's commands in its container was lost: {e.Message} Something in the job may have killed it, or the container ran out of memory.", e);
        }
        finally
        {
            // A stop on its way must not meet the next command.
            await stopped;
        }
    }

    /// <summary>What is left of the connection is not to be trusted: later commands go through the engine.</summary>
    private async Task GiveUpAsync(SupervisorFrames frames)
    {
        _connection = Task.FromResult<SupervisorFrames?>(null);
        await frames.DisposeAsync();
    }

    private static async Task StopAsync(SupervisorFrames frames)
    {
        try
        {
            await frames.WriteAsync(SupervisorFrame.Stop, default, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The reading side sees the same.
        }
    }

    private static async Task<ExecResult> ReceiveAsync(SupervisorFrames frames, IOutputSink output, CancellationToken limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            (SupervisorFrame kind, ReadOnlyMemory<byte> body) = await frames.ReadAsync(limit) ?? throw new IOException("it closed its connection.");
            switch (kind)
            {
                case SupervisorFrame.Output or SupervisorFrame.Error:
                    await output.WriteAsync(kind == SupervisorFrame.Error ? StandardStream.Error : StandardStream.Output, body, CancellationToken.None);
                    break;
                case SupervisorFrame.Exited when body.Length == sizeof(int):
                    // As with the engine: a command that was told to stop counts as stopped, however it ended.
                    cancellationToken.ThrowIfCancellationRequested();
                    return new ExecResult(BinaryPrimitives.ReadInt32LittleEndian(body.Span));
                case SupervisorFrame.Stopped:
                    throw new OperationCanceledException(cancellationToken);
                case SupervisorFrame.Refused:
                    throw new EngineException(EngineErrorKind.Refused, Encoding.UTF8.GetString(body.Span));
                default:
                    throw new IOException("it sent what is no answer.");
            }
        }
    }

    /// <summary>Tells output that cannot be written from a connection that broke.</summary>
    private sealed class WatchedSink(IOutputSink inner) : IOutputSink
    {
        public bool HasFailed { get; private set; }

        public async ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
        {
            HasFailed = true;
            await inner.WriteAsync(stream, data, cancellationToken);
            HasFailed = false;
        }
    }
}
