using CmlNet.Cli.Commands.Runners;
using CmlNet.Cli.Tests.Compatibility;
using CmlNet.Testing.Actions;

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

    [Theory]
    [InlineData("--config", "other.yaml")]
    [InlineData("-c", "other.yaml")]
    [InlineData("other.yaml")]
    public async Task ConfigCheck_AnotherFile_IsNamedEitherWay(params string[] file)
    {
        using DropInRun run = DropInRun.Local();
        run.Write("other.yaml", "scope: https://github.com/acme\nauthentication: { token: { env: T } }\npools: [{ name: a }, { name: b }]\n");
        Assert.Equal(ExitCodes.Success, await run.CmlAsync(["runner", "config", "check", .. file]));
        Assert.Equal("other.yaml: 2 pools for https://github.com/acme\n", run.Output);
    }

    [Fact]
    public async Task ConfigCheck_TwoFiles_IsRefused()
    {
        using DropInRun run = DropInRun.Local();
        CliException exception = await Assert.ThrowsAsync<CliException>(() => run.CmlAsync("runner", "config", "check", "one.yaml", "--config", "other.yaml"));
        Assert.Equal((ExitCodes.Usage, true), (exception.ExitCode, exception.Message.Contains("given twice", StringComparison.Ordinal)));
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
    [InlineData("--cloudType=m")]
    [InlineData("--cloud-spot")]
    [InlineData("--tf_resource=x")]
    public async Task Launch_CloudFlag_SaysWhatToDoInstead(string flag)
    {
        using DropInRun run = DropInRun.Local();
        Assert.Equal(ExitCodes.Failure, await run.CmlAsync("runner", "launch", flag, "--labels=gpu"));
        Assert.Contains("asks for a machine in a cloud", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the repository is not known")]
    [InlineData("token not found", "--repo=https://github.com/o/r")]
    [InlineData("is not a repository", "--repo=nowhere")]
    [InlineData("is not the address of a repository or an organization", "--repo=https://github.com/a/b/c", "--token=ghp_secret")]
    [InlineData("--idle-timeout must be a number", "--repo=https://github.com/o/r", "--token=ghp_secret", "--idle-timeout=soon")]
    [InlineData("--docker-volumes must be", "--repo=https://github.com/o/r", "--token=ghp_secret", "--docker-volumes=/data")]
    [InlineData("--gpus must be a number from 0 to 64", "--repo=https://github.com/o/r", "--token=ghp_secret", "--gpus=-1")]
    [InlineData("--image must be a name", "--repo=o/r", "--token=ghp_secret", "--image=a b")]
    [InlineData("--name must have only letters", "--repo=o/r", "--token=ghp_secret", "--name=a/../b")]
    [InlineData("the path of the control socket", "--repo=o/r", "--token=ghp_secret", "--workdir=/very/long/path/very/long/path/very/long/path/very/long/path/very/long/path/very/long/path")]
    [InlineData("jobs of gitlab are run by its own runner", "--repo=https://git.example.com/o/r", "--driver=gitlab", "--token=ghp_secret")]
    [InlineData("jobs of gitlab.com are run by its own runner", "--repo=https://gitlab.com/o/r", "--token=ghp_secret")]
    [InlineData("Arguments single and reuse are mutually exclusive", "--single", "--reuse")]
    [InlineData("Arguments reuse and reuse-idle are mutually exclusive", "--reuse", "--reuseIdle")]
    public async Task Launch_BadFlag_SaysWhatIsWrong(string expected, params string[] flags)
    {
        using DropInRun run = DropInRun.Local();
        Assert.Equal((ExitCodes.Failure, true), (await run.CmlAsync(["runner", "launch", .. flags]), run.Error.Contains(expected, StringComparison.Ordinal)));
        Assert.DoesNotContain("ghp_secret", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Launch_TokenIsRefused_FailsAtOnceWithoutSayingThatItIsReady()
    {
        await using FakeActionsService service = await FakeActionsService.StartAsync();
        using DropInRun run = DropInRun.Local();
        Assert.Equal(ExitCodes.Failure, await run.CmlAsync("runner", "launch", $"--repo={service.Url}/acme/models", "--token=ghp_wrong", "--idle-timeout=1"));
        Assert.Contains("Bad credentials", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("\"ready\"", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ghp_wrong", run.Error, StringComparison.Ordinal);
    }

    // It has no runner: what is seen of it is that GitHub lets nobody else listen.
    [Theory]
    [InlineData("Reusing existing online runners with the gpu labels...", "--reuse")]
    [InlineData("Found matching idle runner.", "--reuse-idle")]
    public async Task Launch_AnotherMachineWaitsForTheOrganizationsJobs_IsReused(string expected, string flag)
    {
        await using FakeActionsService service = await FakeActionsService.StartAsync();
        service.Allow("ghp_launch", isInstallation: false);
        var session = Guid.NewGuid();
        service.State.AddScaleSet("gpu", ["gpu"])!.Session = session; // the name is not taken
        using DropInRun run = DropInRun.Local();
        run.Environment["REPO_TOKEN"] = "ghp_launch";
        Assert.Equal(ExitCodes.Success, await run.CmlAsync("runner", "launch", $"--repo={service.Url}/acme", "--labels=gpu", $"--workdir={run.Directory}", flag));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Equal(session, service.State.ScaleSets[0].Session);
    }

    [Theory]
    [InlineData("Reusing existing online runners with the gpu labels...", 0, "--reuse", "--name=other")]
    [InlineData("Found matching idle runner.", 0, "--reuse-idle", "--name=other")]
    [InlineData("Reusing existing runner named box...", 0, "--reuse", "--name=box")]
    [InlineData("Runner name box is already in use", 1, "--name=box")]
    public async Task Launch_RunnerIsThere_IsReusedOrInTheWayByCmlsRules(string expected, int exitCode, params string[] flags)
    {
        await using FakeActionsService service = await FakeActionsService.StartAsync();
        service.Allow("ghp_launch", isInstallation: false);
        service.State.AddAgent("box", 0, ["self-hosted", "GPU"])!.IsOnline = true; // the name is not taken
        using DropInRun run = DropInRun.Local();
        // CML's older names, and its way to set every option.
        run.Environment["RUNNER_LABELS"] = "gpu";
        run.Environment["CML_RUNNER_IDLE_TIMEOUT"] = "1h30m";
        run.Environment["REPO_TOKEN"] = "ghp_launch";
        Assert.Equal(exitCode, await run.CmlAsync(["runner", "launch", $"--repo={service.Url}/acme/models", $"--workdir={run.Directory}", .. flags]));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("CML_RUNNER_", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("300", 300.0)]
    [InlineData("5 minutes", 300.0)]
    [InlineData("1h30m", 5400.0)]
    [InlineData("1.5h", 5400.0)]
    [InlineData("2 weeks", 1_209_600.0)]
    [InlineData("-1", null)]
    [InlineData("never", null)]
    public void IdleTimeout_OfCmlsForms_IsRead(string text, double? seconds) => Assert.Equal(seconds, IdleTimeout.Read(text)?.TotalSeconds);

    [Theory]
    [InlineData("soon")]
    [InlineData("5 parsecs")]
    [InlineData("")]
    [InlineData("NaN")]
    public void IdleTimeout_OfNoTime_IsRefused(string text) => Assert.Throws<CliException>(() => IdleTimeout.Read(text));

    [Fact]
    public void Socket_OfTheUnit_IsFoundWhenNothingElseIsSaid()
    {
        using DropInRun run = DropInRun.Local();
        var host = new CliHost { Out = TextWriter.Null, Error = TextWriter.Null, In = TextReader.Null, WorkingDirectory = run.Directory, Time = TimeProvider.System, IsTerminal = false, Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["HOME"] = run.Directory } };
        string unit = Path.Combine(run.Directory, "unit"), users = Path.Combine(run.Directory, ".local/state/cml-runner/runner.sock");
        Assert.Equal(users, RunnerOptions.FindSocket(host, null, unit));
        Directory.CreateDirectory(unit);
        Assert.Equal(Path.Combine(unit, "runner.sock"), RunnerOptions.FindSocket(host, null, unit));
        run.Write("runner.yaml", "scope: https://github.com/acme\nauthentication: { token: { env: T } }\npools: [{ name: a }]\n");
        Assert.Equal(Path.Combine(unit, "runner.sock"), RunnerOptions.FindSocket(host, null, unit));
        run.Write("runner.yaml", $"scope: https://github.com/acme\ndata: {run.Directory}/own\nauthentication: {{ token: {{ env: T }} }}\npools: [{{ name: a }}]\n");
        Assert.Equal(Path.Combine(run.Directory, "own/runner.sock"), RunnerOptions.FindSocket(host, null, unit));
        Assert.Equal("/x.sock", RunnerOptions.FindSocket(host, "/x.sock", unit));
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
