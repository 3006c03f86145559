namespace CmlNet.Cli.Tests;

public sealed class UnexpectedFailureTests
{
    private static readonly Dictionary<string, string> Surroundings = new(StringComparer.Ordinal) { ["GITHUB_TOKEN"] = "ghs_environment_secret", ["HTTPS_PROXY"] = "http://me:proxy-secret@proxy:3128" };

    [Theory]
    [InlineData("tok-command-line", "comment", "create", "--token", "tok-command-line")]
    [InlineData("tok-command-line", "comment", "create", "--driver-token=tok-command-line")]
    [InlineData("value-of-secret", "run", "--secret", "KEY=value-of-secret")]
    [InlineData("ghs_environment_secret")]
    [InlineData("proxy-secret")]
    public void Describe_MessageWithASecret_IsMasked(string secret, params string[] args)
    {
        var environment = new Dictionary<string, string>(Surroundings, StringComparer.Ordinal) { ["CML_DEBUG"] = "1" };
        string text = UnexpectedFailure.Describe(new InvalidOperationException($"http://x/?t={secret} failed", new IOException(secret)), args, environment);
        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.Contains("cml: unexpected InvalidOperationException: http://x/?t=*** failed.", text, StringComparison.Ordinal);
        Assert.Contains("IOException", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_NotAskedForMore_IsOneLine() =>
        Assert.DoesNotContain('\n', UnexpectedFailure.Describe(new InvalidOperationException("x", new IOException("y")), [], Surroundings));

    [Fact]
    public void Describe_MachineRefuses_IsNotCalledABug() =>
        Assert.Equal("cml: No space left on device : '/tmp/x'. CML_DEBUG=1 shows where it happened.", UnexpectedFailure.Describe(new IOException("No space left on device : '/tmp/x'"), [], Surroundings));
}
