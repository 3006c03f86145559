using CmlNet.Runner.Jobs.GitHub;

namespace CmlNet.Runner.Tests.Jobs.GitHub;

public sealed class ValidityTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly TwoClocks _time = new();

    [Fact]
    public void IsOver_TimePasses_EndsAMarginBefore()
    {
        Validity validity = Start(Hour);
        _time.Pass(TimeSpan.FromMinutes(54));
        Assert.False(validity.IsOver(TimeSpan.FromMinutes(5)));
        _time.Pass(TimeSpan.FromMinutes(2));
        Assert.True(validity.IsOver(TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void IsOver_ClockSetBack_EndsInTimeAllTheSame()
    {
        Validity validity = Start(Hour);
        _time.Now -= TimeSpan.FromHours(3);
        _time.Pass(TimeSpan.FromMinutes(59));
        Assert.True(validity.IsOver(TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void IsOver_MachineSlept_IsOver()
    {
        Validity validity = Start(Hour);
        _time.Now += TimeSpan.FromHours(3); // of which the monotonic clock knows nothing
        Assert.True(validity.IsOver(TimeSpan.FromMinutes(5)));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(72)]
    public void IsOver_ClockIsFarOff_HoldsAsLongAsSuchTokensDo(int hours)
    {
        Validity validity = Start(TimeSpan.FromHours(hours));
        Assert.False(validity.IsOver(TimeSpan.FromMinutes(5)));
        _time.Pass(TimeSpan.FromMinutes(56));
        Assert.True(validity.IsOver(TimeSpan.FromMinutes(5)));
    }

    private Validity Start(TimeSpan left) => new(_time, _time.Now + left, Hour, Hour);

    private sealed class TwoClocks : TimeProvider
    {
        private long _ticks;

        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(56);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time)
        {
            Now += time;
            _ticks += time.Ticks;
        }

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => _ticks;
    }
}
