namespace CmlNet.Cli.Tests;

public sealed class InvokedNameTests
{
    [Theory]
    [InlineData("/usr/local/bin/cml-publish", "publish a.png")]
    [InlineData("cml-send-comment", "send-comment a.png")]
    [InlineData("./cml-send-github-check", "send-github-check a.png")]
    [InlineData("cml-pr", "pr a.png")]
    [InlineData("cml-runner", "runner a.png")]
    [InlineData("cml-tensorboard-dev", "tensorboard-dev a.png")]
    [InlineData("/usr/local/bin/dvc", "dvc a.png")]
    [InlineData("cml", "a.png")]
    [InlineData("cml-unknown", "a.png")]
    [InlineData("", "a.png")]
    public void Expand_Name_StandsForACommand(string name, string expected) => Assert.Equal(expected, string.Join(' ', InvokedName.Expand(name, ["a.png"])));
}
