using System.Collections.Concurrent;
using CmlNet.Runner.Jobs.GitHub.Webhooks;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Runner.Tests.Jobs.GitHub.Webhooks;

/// <summary>Deliveries of strangers: none of them makes the daemon large, or keeps GitHub's out for long.</summary>
public sealed class DeliveryReaderTests : IDisposable
{
    private const int Places = 16;
    private readonly ToldTime _time = new();
    private readonly DeliveryReader _reader;

    public DeliveryReaderTests() => _reader = new DeliveryReader(_time);

    [Fact]
    public async Task Read_SmallBody_IsRead()
    {
        Assert.Equal("hello"u8.ToArray(), (await _reader.ReadAsync(Context(new MemoryStream("hello"u8.ToArray()))))?.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_LargerThanAnyOfGitHubs_IsRefusedBeforeItIsAllThere(bool hasLength)
    {
        var body = new EndlessStream();
        HttpContext context = Context(body);
        context.Request.ContentLength = hasLength ? DeliveryReader.Largest + 1 : null;
        Assert.Null(await _reader.ReadAsync(context));
        Assert.Equal(StatusCodes.Status413PayloadTooLarge, context.Response.StatusCode);
        Assert.InRange(body.Given, hasLength ? 0 : DeliveryReader.Largest, hasLength ? 0 : DeliveryReader.Largest + (64 * 1024));
    }

    [Fact]
    public async Task Read_AllPlacesAreTakenByStalledOnes_EveryoneIsLetGoInTheEnd()
    {
        using var never = new StalledStream();
        DefaultHttpContext[] stalled = [.. Enumerable.Range(0, Places).Select(_ => Context(never))];
        Task<ReadOnlyMemory<byte>?>[] reading = [.. stalled.Select(_reader.ReadAsync)];
        HttpContext last = Context(new MemoryStream("hello"u8.ToArray()));
        Task<ReadOnlyMemory<byte>?> waiting = _reader.ReadAsync(last);
        Assert.False(waiting.IsCompleted);

        _time.EndLast();
        Assert.Null(await waiting.WaitAsync(Polling.Patience));
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, last.Response.StatusCode);
        foreach (Task<ReadOnlyMemory<byte>?> _ in reading)
            _time.EndLast();

        Assert.All(await Task.WhenAll(reading).WaitAsync(Polling.Patience), body => Assert.Null(body));
        Assert.All(stalled, context => Assert.Equal(StatusCodes.Status408RequestTimeout, context.Response.StatusCode));
        Assert.NotNull(await _reader.ReadAsync(Context(new MemoryStream("hello"u8.ToArray()))));
    }

    public void Dispose() => _reader.Dispose();

    private static DefaultHttpContext Context(Stream body) => new DefaultHttpContext { Request = { Body = body } };

    /// <summary>Waits are over when it is told so, those that began last first.</summary>
    private sealed class ToldTime : TimeProvider
    {
        private readonly ConcurrentStack<Action> _waits = new();

        public void EndLast()
        {
            if (_waits.TryPop(out Action? end))
                end();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _waits.Push(() => callback(state));
            return new NoTimer();
        }
    }

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            // It has nothing.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }

    private sealed class StalledStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return 0;
        }
    }
}
