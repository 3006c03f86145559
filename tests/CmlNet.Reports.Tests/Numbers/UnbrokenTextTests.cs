using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Tests.Numbers;

public sealed class UnbrokenTextTests
{
    [Theory]
    [InlineData("+100.0 %", "+100.0_%")]
    [InlineData("9.0811 ms", "9.0811_ms")]
    [InlineData("300 kB", "300_kB")]
    [InlineData("95 % interval, p", "95_% interval, p")]
    [InlineData("-0.0253 to +0.034, p = 0.824", "-0.0253_to_+0.034, p_=_0.824")]
    [InlineData("drop ≤ 0.01, unless by chance at p < 0.05", "drop_≤_0.01, unless by chance at p_<_0.05")]
    [InlineData("≥ 0.7, for n ≥ 30", "≥_0.7, for n_≥_30")]
    [InlineData("within noise (p = 1)", "within_noise (p_=_1)")]
    [InlineData("▲ better (p < 0.001)", "▲_better (p_<_0.001)")]
    [InlineData("⚠️ not judged", "⚠️_not_judged")]
    [InlineData("❌ failed", "❌_failed")]
    [InlineData("age = 31.7 to below 40.1", "age =_31.7 to below 40.1")]
    [InlineData("12 messages", "12 messages")]
    [InlineData("a name to keep", "a name to keep")]
    [InlineData("", "")]
    public void Of_Cell_KeepsTogetherWhatBelongsTogether(string cell, string expected) => Assert.Equal(expected, UnbrokenText.Of(cell).Replace('\u00A0', '_'));
}
