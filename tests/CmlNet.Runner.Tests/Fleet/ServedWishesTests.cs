using CmlNet.Runner.Fleet;

namespace CmlNet.Runner.Tests.Fleet;

public sealed class ServedWishesTests
{
    private readonly ManualTime _time = new();
    private readonly ServedWishes _served;

    public ServedWishesTests() => _served = new ServedWishes(new FleetTimes { Settling = TimeSpan.FromMinutes(2) }, _time);

    [Fact]
    public void Contains_NothingIsSaidOfTheRunner_UntilItHasSettled()
    {
        _served.Add(1, "a", null);
        Assert.True(_served.Contains(1));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(_served.Contains(1));
    }

    [Fact]
    public void Learn_RunnerHadAnotherJob_WishIsOpenAtOnce()
    {
        _served.Add(1, "a", null);
        _served.Add(2, "b", null);
        _served.Learn("a", 3);
        Assert.Equal((false, true), (_served.Contains(1), _served.Contains(2)));
    }

    [Fact]
    public void Learn_RunnerHadTheJob_WishStaysServed()
    {
        _served.Add(1, "a", null);
        _served.Learn("a", 1);
        Assert.True(_served.Contains(1));
    }

    [Fact]
    public void Add_AnotherJobIsKnownAlready_WishIsOpen()
    {
        _served.Add(1, "a", 3);
        _served.Add(2, "b", 2);
        Assert.Equal((false, true), (_served.Contains(1), _served.Contains(2)));
    }
}
