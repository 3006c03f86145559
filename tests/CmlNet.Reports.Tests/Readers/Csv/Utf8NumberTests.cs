using System.Globalization;
using System.Text;
using CmlNet.Reports.Readers.Csv;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Reports.Tests.Readers.Csv;

public sealed class Utf8NumberTests
{
    [Fact]
    public void TryParse_ShortestForms_ComeBackBitForBit() => Prop.ForAll<double>(value => Same(value.ToString("R", CultureInfo.InvariantCulture))).QuickCheckThrowOnFailure();

    [Fact]
    public void TryParse_RandomBits_EqualTheFramework()
    {
        var random = new Random(1);
        for (int i = 0; i < 200_000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64());
            string text = (i % 4) switch
            {
                0 => value.ToString("R", CultureInfo.InvariantCulture),
                1 => (random.NextDouble() * Math.Pow(10, random.Next(-6, 7))).ToString("F" + random.Next(0, 18), CultureInfo.InvariantCulture),
                2 => $"{random.NextInt64()}e{random.Next(-50, 50)}",
                _ => $"{random.Next()}.{random.NextInt64(1_000_000_000_000)}e{random.Next(-20, 20)}",
            };
            Assert.True(Same(text), text);
        }
    }

    [Theory]
    [InlineData("9007199254740993")] // halfway between two doubles
    [InlineData("9007199254740993.0")]
    [InlineData("1.00000000000000011102230246251565")]
    [InlineData("0.000000000000000000000000000000000000000000000000001")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("1e400")]
    [InlineData("5e-324")]
    [InlineData("  7 ")]
    [InlineData("+3.5")]
    [InlineData(".5")]
    [InlineData("5.")]
    public void TryParse_HardCases_EqualTheFramework(string text) => Assert.True(Same(text));

    [Theory]
    [InlineData("nan", double.NaN)]
    [InlineData("NaN", double.NaN)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("+inf", double.PositiveInfinity)]
    public void TryParse_Words_AreNumbers(string text, double expected)
    {
        Assert.True(Utf8Number.TryParse(Encoding.UTF8.GetBytes(text), out double value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.2.3")]
    [InlineData("12a")]
    [InlineData("0x10")]
    [InlineData("1,000")]
    public void TryParse_NoNumber_IsRefused(string text) => Assert.False(Utf8Number.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("", true)]
    [InlineData(" NA", true)]
    [InlineData("<NA>", true)]
    [InlineData("NULL", true)]
    [InlineData("nan", true)]
    [InlineData("0", false)]
    [InlineData("-", false)]
    [InlineData("na me", false)]
    public void IsMissing_Words_AreThoseOfPandas(string text, bool expected) => Assert.Equal(expected, Utf8Number.IsMissing(Encoding.UTF8.GetBytes(text)));

    private static bool Same(string text)
    {
        double expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return Utf8Number.TryParse(Encoding.UTF8.GetBytes(text), out double value) && BitConverter.DoubleToInt64Bits(value) == BitConverter.DoubleToInt64Bits(expected);
    }
}
