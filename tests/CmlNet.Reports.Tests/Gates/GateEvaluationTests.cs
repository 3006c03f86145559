using CmlNet.Reports.Gates;

namespace CmlNet.Reports.Tests.Gates;

public sealed class GateEvaluationTests
{
    [Theory]
    [InlineData(0.9, true)]
    [InlineData(0.8999, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.NegativeInfinity, false)]
    public void Judge_Min_IncludesTheLimit(double value, bool expected) => Assert.Equal(expected, Judge(new Gate { Name = "a", Min = 0.9 }, value).Passed);

    [Theory]
    [InlineData(0.92, 0.90, 0.02, false, true)] // 0.92 - 0.90 is more than 0.02 in binary
    [InlineData(0.92, 0.899, 0.02, false, false)]
    [InlineData(0.90, 0.99, 0.02, false, true)]
    [InlineData(100, 99, 0.01, true, true)]
    [InlineData(100, 98.9, 0.01, true, false)]
    [InlineData(-10, -11.1, 0.1, true, false)]
    [InlineData(0, -0.1, 0.5, true, false)]
    public void Judge_MaxDrop_IsAgainstTheBaseline(double old, double now, double limit, bool relative, bool expected) =>
        Assert.Equal(expected, Judge(new Gate { Name = "a", MaxDrop = new ChangeLimit(limit, relative) }, now, old).Passed);

    [Fact]
    public void Judge_RiseTooGreat_SaysHowMuch()
    {
        GateResult result = Judge(new Gate { Name = "loss", MaxRise = new ChangeLimit(0.05, true), Max = 1 }, 1.1, 1);
        Assert.Equal(("above 1, rose by 10 %, allowed 5 %", "≤ 1, rise ≤ 5 %"), (result.Reason, result.Limit));
    }

    [Fact]
    public void Judge_ValueMissing_Fails()
    {
        GateResult result = GateEvaluation.Judge(new Gate { Name = "a", Min = 1 }, new GateNumber(null, Missing: "no such metric"), null);
        Assert.Equal((false, "no such metric"), (result.Passed, result.Reason));
    }

    [Fact]
    public void Judge_MinMissedWithoutBaseline_FailsRatherThanStayOpen() =>
        Assert.False(Judge(new Gate { Name = "a", Min = 1, MaxDrop = new ChangeLimit(0, false) }, 0).Passed);

    private static GateResult Judge(Gate gate, double value, double? baseline = null) => GateEvaluation.Judge(gate, new GateNumber(value, baseline), "no baseline");
}
