using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Tests.Expressions;

public sealed class ConditionNormalizerTests
{
    [Theory]
    [InlineData(null, "success()")]
    [InlineData("  ", "success()")]
    [InlineData("github.ref == 'r'", "success() && (github.ref == 'r')")]
    [InlineData("a || b", "success() && (a || b)")]
    [InlineData("always()", "always()")]
    [InlineData("a && !(b || FAILURE())", "a && !(b || FAILURE())")]
    [InlineData("contains(x, cancelled())", "contains(x, cancelled())")]
    [InlineData("'always()'", "success() && ('always()')")]
    [InlineData("github.success", "success() && (github.success)")]
    public void Condition_WithoutStatus_AsksForSuccess(string? condition, string normal) => Assert.Equal(normal, ConditionNormalizer.Normalize(condition));
}
