using System.Globalization;
using CmlNet.Reports.Numbers;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Reports.Tests.Numbers;

public sealed class FiveDigitsTests
{
    // Right-hand sides printed by Python's "{:.5g}".
    [Theory]
    [InlineData(0.123456789, "0.12346")]
    [InlineData(123456.0, "1.2346e+05")]
    [InlineData(99999.4, "99999")]
    [InlineData(99999.5, "1e+05")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(0.00012345678, "0.00012346")]
    [InlineData(1e100, "1e+100")]
    [InlineData(-2.5, "-2.5")]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(2.00005, "2")]
    [InlineData(1.00005, "1.0001")]
    [InlineData(100.0, "100")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Format_Number_IsPythonsFiveSignificantDigits(double value, string expected) => Assert.Equal(expected, FiveDigits.Format(value));

    [Fact]
    public void Format_AnyFiniteNumber_ReadsBackWithinFiveDigits() => Prop.ForAll<double>(value =>
    {
        if (!double.IsFinite(value))
            return;
        double read = double.Parse(FiveDigits.Format(value), CultureInfo.InvariantCulture);
        Assert.True(double.IsInfinity(read) || Math.Abs(read - value) <= Math.Abs(value) * 5.0001e-5 + double.Epsilon);
    }).QuickCheckThrowOnFailure();
}
