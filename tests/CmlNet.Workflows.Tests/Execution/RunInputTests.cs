using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Tests.Execution;

public sealed class RunInputTests
{
    [Theory]
    [InlineData("acme/wine", "wine")]
    [InlineData("acme/.github", ".github")]
    [InlineData("acme/..", "repository")]
    [InlineData("wine", "wine")]
    [InlineData("acme/a:b\\c", "a-b-c")]
    [InlineData("", "repository")]
    public void RepositoryName_OfAnyPayload_IsOnePathComponent(string repository, string expected)
    {
        var input = new RunInput { EventName = "push", EventJson = "{}", GitHub = new ObjectValue { { "repository", repository } } };

        Assert.Equal(expected, input.RepositoryName);
    }
}
