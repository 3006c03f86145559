using CmlNet.Publishing.CodeHosts.Local;

namespace CmlNet.Cli.Tests.Compatibility;

public sealed class YargsArgumentsTests
{
    [Theory]
    [InlineData("pr/5", "comment", "create", "r.md", "--target=pr/5")]
    [InlineData("commit/1111111111111111111111111111111111111111", "comment", "create", "r.md", "--target=", "--log", "error")]
    [InlineData("commit/1111111111111111111111111111111111111111", "comment", "create", "--target", "--publish", "r.md")]
    [InlineData("commit/1111111111111111111111111111111111111111", "comment", "create", "r.md", "--target")]
    [InlineData("pr/5", "--log=error", "comment", "create", "r.md", "--target=pr/5")]
    [InlineData("pr/5", "--log", "error", "--driver", "local", "comment", "create", "r.md", "--target", "pr/5")]
    [InlineData("pr/5", "comment", "create", "--publish=", "--target=pr/5", "r.md")]
    [InlineData("pr/5", "comment", "create", "--publish=TRUE", "--target=pr/5", "r.md")]
    [InlineData("pr/5", "comment", "create", "--target=pr/5", "--", "-r.md")]
    public async Task Arguments_AsYargsReadsThem_AreRead(string target, params string[] args)
    {
        using DropInRun run = DropInRun.Local();
        run.Write("r.md", "x");
        run.Write("-r.md", "x");
        Assert.Equal((0, "comments/1.md\n"), (await run.CmlAsync(args), run.Output));
        Assert.Equal(target, Assert.Single(LocalHostStore.ReadComments(run.Environment["CML_LOCAL_HOST"])).Target);
    }

    [Fact]
    public async Task Arguments_EmptyValue_DoesNotTakeTheNextOption()
    {
        using DropInRun run = DropInRun.Local();
        run.Write("r.md", "x");
        Assert.Equal(0, await run.CmlAsync("comment", "create", "r.md", "--watermark-title=", "--target", "pr/7"));
        Assert.Equal("pr/7", Assert.Single(LocalHostStore.ReadComments(run.Environment["CML_LOCAL_HOST"])).Target);
    }

    [Theory]
    [InlineData("maybe")]
    [InlineData("1")]
    public async Task Arguments_FlagIsNeitherTrueNorFalse_IsAMistake(string value)
    {
        using DropInRun run = DropInRun.Local();
        CliException e = await Assert.ThrowsAsync<CliException>(() => run.CmlAsync("comment", "create", "r.md", $"--publish={value}"));
        Assert.Equal((ExitCodes.Failure, $"Invalid value for publish: \"{value}\"; choices: true, false"), (e.ExitCode, e.Message));
    }
}
