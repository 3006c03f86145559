using CmlNet.Dvc.Values;
using CmlNet.Reports.Comparison;

namespace CmlNet.Reports.Tests.Comparison;

public sealed class ChangeTextTests
{
    [Theory]
    [InlineData(0.8, 0.84, "+0.04", "+5.0 %")]
    [InlineData(0.78118, 0.78098, "-0.0002", "-0.026 %")]
    [InlineData(0.7999421, 0.7947762, "-0.00517", "-0.6 %")]
    [InlineData(22.699, 15.1932, "-7.506", "-33.1 %")]
    [InlineData(0.5, 0.500001, "+1e-06", "+2e-4 %")]
    [InlineData(3e-7, 4.5e-7, "+1.5e-07", "+50.0 %")]
    [InlineData(100_000, 100_001, "+1", "+0.0010 %")]
    [InlineData(12_345_678, 12_345_679, "+1", "+8.1e-6 %")]
    [InlineData(1e-9, 1e3, "+1000", "+1e+14 %")]
    [InlineData(2, 2, "0", "0.0 %")]
    [InlineData(0, 2, "+2", null)]
    [InlineData(double.NaN, 2, "", null)]
    [InlineData(double.PositiveInfinity, 2, "", null)]
    public void Change_OfTwoNumbers_IsShort(double old, double now, string difference, string? relative)
    {
        var change = new MetricChange { File = "m.json", Name = "m", Old = DvcValue.Of(old), New = DvcValue.Of(now) };
        Assert.Equal((difference, relative), (ChangeText.Difference(change), ChangeText.Relative(change)));
    }
}
