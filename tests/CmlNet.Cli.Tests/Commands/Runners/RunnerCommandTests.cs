using CmlNet.Cli.Tests.Compatibility;

namespace CmlNet.Cli.Tests.Commands.Runners;

public sealed class RunnerCommandTests
{
    [Fact]
    public async Task ConfigCheck_DefectsInTheFile_AreListedWithTheirPlaces()
    {
        using DropInRun run = DropInRun.Local();
        run.Write("runner.yaml", "scope: https://github.com/acme\nauthentication: { token: ghp_secret }\npools: [{ name: a, gpu: 1 }]\n");
        CliException exception = await Assert.ThrowsAsync<CliException>(() => run.CmlAsync("runner", "config", "check"));
        Assert.Equal(ExitCodes.Usage, exception.ExitCode);
        Assert.Contains("runner.yaml:2:26: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("did you mean 'gpus'", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ghp_secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigCheck_GoodFile_SaysWhatItIs()
    {
        using DropInRun run = DropInRun.Local();
        run.Write("runner.yaml", "scope: https://github.com/acme\nauthentication: { token: { env: T } }\npools: [{ name: a }]\n");
        Assert.Equal(ExitCodes.Success, await run.CmlAsync("runner", "config", "check"));
        Assert.Equal("runner.yaml: 1 pool for https://github.com/acme\n", run.Output);
    }

    [Fact]
    public async Task ConfigCheck_SampleOfDeploy_IsGood()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "CmlNet.sln")))
            root = Path.GetDirectoryName(root);
        using DropInRun run = DropInRun.Local();
        Assert.Equal(ExitCodes.Success, await run.CmlAsync("runner", "config", "check", Path.Combine(root!, "deploy", "runner", "runner.yaml"))); // the tests lie in the work tree
        Assert.Contains("3 pools", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigSchema_WithoutAFile_IsPrinted()
    {
        using DropInRun run = DropInRun.Local();
        Assert.Equal(ExitCodes.Success, await run.CmlAsync("runner", "config", "schema"));
        Assert.StartsWith("{\n  \"$schema\": ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("drain")]
    [InlineData("resume", "gpu1")]
    [InlineData("logs", "job-1")]
    [InlineData("cancel", "job-1")]
    [InlineData("prune")]
    public async Task Command_WithoutADaemon_SaysHowToStartOne(params string[] command)
    {
        using DropInRun run = DropInRun.Local();
        CliException exception = await Assert.ThrowsAsync<CliException>(() => run.CmlAsync(["runner", .. command, "--socket", "none.sock"]));
        Assert.Equal(ExitCodes.Failure, exception.ExitCode);
        Assert.Contains("Start it with 'cml runner start'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--cloud=aws")]
    [InlineData("--cloud-type=m")]
    [InlineData("--cloud-spot")]
    [InlineData("--tf-resource=x")]
    public async Task Launch_CloudFlag_SaysWhatToDoInstead(string flag)
    {
        using DropInRun run = DropInRun.Local();
        CliException exception = await Assert.ThrowsAsync<CliException>(() => run.CmlAsync("runner", "launch", flag, "--labels=gpu"));
        Assert.Equal(ExitCodes.Failure, exception.ExitCode);
        Assert.Contains($"{flag.Split('=')[0]} asks for a machine in a cloud", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("which repository?")]
    [InlineData("REPO_TOKEN instead of --token", "--repo=https://github.com/o/r", "--token=ghp_secret")]
    [InlineData("is not the address", "--repo=nowhere")]
    [InlineData("--idle-timeout must be a number", "--repo=https://github.com/o/r", "--idle-timeout=soon")]
    [InlineData("--docker-volumes must be", "--repo=https://github.com/o/r", "--docker-volumes=/data")]
    public async Task Launch_BadFlag_SaysWhatIsWrong(string expected, params string[] flags)
    {
        using DropInRun run = DropInRun.Local();
        CliException exception = await Assert.ThrowsAsync<CliException>(() => run.CmlAsync(["runner", "launch", .. flags]));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ghp_secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SecretIsMissing_NamesItsPlace()
    {
        using DropInRun run = DropInRun.Local();
        run.Write("runner.yaml", $"scope: https://github.com/acme\ndata: {run.Directory}/data\nauthentication: {{ token: {{ env: T }} }}\nweb: {{ listen: 0, token: {{ file: {run.Directory}/none }} }}\nwebhook: {{ listen: 0, secret: {{ file: {run.Directory}/none }} }}\npools: [{{ name: a }}]\n");
        CliException exception = await Assert.ThrowsAsync<CliException>(() => run.CmlAsync("runner", "start"));
        Assert.Equal(ExitCodes.Usage, exception.ExitCode);
        Assert.Contains($"The secret in file {run.Directory}/none cannot be read: it is not there.", exception.Message, StringComparison.Ordinal);
    }
}
