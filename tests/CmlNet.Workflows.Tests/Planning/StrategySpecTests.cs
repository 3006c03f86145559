using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Expressions.Json;
using CmlNet.Workflows.Planning;

namespace CmlNet.Workflows.Tests.Planning;

public sealed class StrategySpecTests
{
    [Fact]
    public void Strategy_Absent_IsOneLegThatFailsFast()
    {
        StrategySpec spec = StrategySpec.Build(ExpressionValue.Null);
        Assert.True(spec.FailFast);
        Assert.Null(spec.MaxParallel);
        Assert.False(spec.HasMatrix);
        Assert.Empty(Assert.Single(spec.Legs).Values);
    }

    [Fact]
    public void Strategy_WithAllKeys_IsRead()
    {
        StrategySpec spec = StrategySpec.Build(JsonConversion.Parse("{'fail-fast': false, 'max-parallel': 2, matrix: {a: [1, 2, 3]}}"));
        Assert.False(spec.FailFast);
        Assert.Equal(2, spec.MaxParallel);
        Assert.Equal("{\n  \"fail-fast\": false,\n  \"job-index\": 1,\n  \"job-total\": 3,\n  \"max-parallel\": 2\n}", JsonConversion.ToJson(spec.Context(1)));
    }
}
