using System.Globalization;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Tests.Numbers;

public sealed class ValueTextTests
{
    // Right column printed by Python 3.
    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(1e-5, "1e-05")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00012345, "0.00012345")]
    [InlineData(1e15, "1000000000000000.0")]
    [InlineData(1e16, "1e+16")]
    [InlineData(1e23, "1e+23")]
    [InlineData(123456789.125, "123456789.125")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(1.7976931348623157e308, "1.7976931348623157e+308")]
    [InlineData(double.NaN, "nan")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Float_AsPython_Prints(double value, string expected) => Assert.Equal(expected, ValueText.Float(value));

    [Theory]
    [InlineData(2.675, 2, 2.67)]
    [InlineData(0.123455, 5, 0.12345)]
    [InlineData(0.5, 0, 0.0)]
    [InlineData(1.5, 0, 2.0)]
    [InlineData(-2.5, 0, -2.0)]
    public void Round_NearTies_GoesByTheBinaryValue(double value, int precision, double expected) => Assert.Equal(expected, ValueText.Round(value, precision));

    /// <summary>The short way gives the bits that the text of the decimal does.</summary>
    [Fact]
    public void Round_AnyNumber_IsWhatItsDecimalReadsAs()
    {
        var random = new Random(7);
        for (int i = 0; i < 100_000; i++)
        {
            int precision = random.Next(12);
            double value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 12));
            if (i % 4 == 0)
                value = Math.Round(value, Math.Min(precision + 1, 15)); // often a tie, or next to one
            double expected = double.Parse(value.ToString($"F{precision}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(ValueText.Round(value, precision)), $"{value:R} to {precision}");
        }
    }

    [Fact]
    public void Of_NestedList_IsPythonRepr() =>
        Assert.Equal("[1, 2.0, 'a', \"it's\", None, True, {'k': []}]", ValueText.Of(JsonValueReader.Read("[1, 2.0, \"a\", \"it's\", null, true, {\"k\": []}]")));
}
