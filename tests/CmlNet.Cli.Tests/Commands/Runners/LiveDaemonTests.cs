using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using CmlNet.Cli.Tests.Commands.Run;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.Docker;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Cli.Tests.Commands.Runners;

/// <summary>The published program as daemon, as its commands, and as the hook inside a job's container.</summary>
public sealed class LiveDaemonTests
{
    [SkippableFact]
    public async Task Commands_AgainstALiveDaemon_DoWhatTheySay()
    {
        await using RunnerScene scene = await RunnerScene.StartAsync(await RunnerImage.RequireAsync());
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("one", "printf 'step\\033[31m one\\n'; printf '%0100000d\\n' 7; sleep 300");
        await UntilAsync(scene, status => status.Contains("busy", StringComparison.Ordinal) && status.Contains(job.Name, StringComparison.Ordinal));

        CmlResult json = await scene.CmlAsync("status", "--json");
        Assert.Equal("busy", (string?)JsonNode.Parse(json.Out)?["runners"]?[0]?["state"]);
        CmlResult logs = await scene.CmlAsync("logs", job.Name);
        Assert.Equal(0, logs.ExitCode);
        Assert.Contains("Running job: ", logs.Out, StringComparison.Ordinal);
        Assert.Contains("step[31m one\n", logs.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', logs.Out);
        Assert.Contains(new string('0', 99_999) + "7", logs.Out, StringComparison.Ordinal);

        await SaysAsync(scene, "no more jobs are taken; 1 running", "drain", "one");
        FakeJob held = scene.Service.Queue("one", "true");
        await SaysAsync(scene, $"{job.Agent?.Name} is being stopped", "cancel", job.Name);
        await UntilAsync(scene, status => !status.Contains("busy", StringComparison.Ordinal) && status.Contains("canceled", StringComparison.Ordinal));
        Assert.Equal(("canceled", FakeJobState.Available), (job.Result, held.State));
        await SaysAsync(scene, "jobs are taken again", "resume");
        await UntilAsync(scene, status => status.Contains("succeeded", StringComparison.Ordinal));
        Assert.Equal("succeeded", held.Result);
        await SaysAsync(scene, "bytes freed", "prune");
        CmlResult unknown = await scene.CmlAsync("cancel", "nothing");
        Assert.Equal(ExitCodes.Failure, unknown.ExitCode);
        Assert.Contains("There is no runner or running job 'nothing'", unknown.Error, StringComparison.Ordinal);
        await StopAsync(scene);
    }

    // systemd's side of Type=notify: a datagram socket that the unit's process is told of.
    [SkippableFact]
    public async Task Start_AsASystemdUnit_TellsWhenItIsReadyAndWhenItStops()
    {
        await using RunnerScene scene = await RunnerScene.StartAsync(await RunnerImage.RequireAsync());
        string path = Path.Combine(scene.Directory, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        await scene.StartDaemonAsync(new Dictionary<string, string?>(StringComparer.Ordinal) { ["NOTIFY_SOCKET"] = path });
        Assert.Equal("READY=1\nSTATUS=Taking jobs", await ReceiveAsync(systemd));
        FakeJob job = scene.Service.Queue("one", "trap 'exit 0' TERM; while [ ! -e /cml/outbox/../go ]; do sleep 0.1; done");
        await scene.Daemon.SeesAsync("took job");

        await scene.Daemon.SignalAsync("TERM");

        Assert.StartsWith("STOPPING=1\n", await ReceiveAsync(systemd), StringComparison.Ordinal);
        FakeJob late = scene.Service.Queue("one");
        await scene.Daemon.SeesAsync("1 running jobs may go on");
        Assert.Equal(FakeJobState.Running, job.State);
        await scene.Daemon.SignalAsync("TERM");
        CmlResult result = await scene.Daemon.WaitAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(("canceled", FakeJobState.Available), (job.Result, late.State));
        Assert.Empty(await LeftoversAsync(scene.Name));
        Assert.All(scene.Service.State.ScaleSets, set => Assert.Null(set.Session));
    }

    [SkippableFact]
    public async Task Start_EndsByItselfAfterItsJob_RunsTheCommandOfTheFile()
    {
        string marker = Path.Combine(Path.GetTempPath(), $"cmlnet-idle-{Guid.NewGuid():N}");
        await using RunnerScene scene = await RunnerScene.StartAsync(await RunnerImage.RequireAsync(), more: $"idle: {{ after-one-job: true, command: [/bin/sh, -c, 'echo ended > {marker}'] }}\n");
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("one");
        CmlResult result = await scene.Daemon.WaitAsync();
        Assert.Equal((0, "succeeded"), (result.ExitCode, job.Result));
        Assert.Equal("ended\n", await File.ReadAllTextAsync(marker));
        File.Delete(marker);
        Assert.Empty(await LeftoversAsync(scene.Name));
    }

    [SkippableFact]
    public async Task Hook_InsideTheJobsContainer_CollectsWhatIsReportedAndNothingElse()
    {
        string image = await DockerFixture.RequireAsync(TestImages.Python3);
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        FakeRepository repository = gitHub.AddRepository("acme/models");
        repository.PullRequests.Add(new FakePullRequest { Number = 7, HeadRef = "better", HeadSha = new string('c', 40) });
        await using RunnerScene scene = await RunnerScene.StartAsync(image, gitHub: gitHub);
        scene.Service.Workflows[900] = new FakeWorkflow { HeadSha = new string('c', 40), HeadBranch = "better", HeadOwner = "stranger", PullRequest = 7 };
        await scene.StartDaemonAsync();

        FakeJob job = scene.Service.Queue("one", """
            echo '{"accuracy": 0.91, "f1": 0.87}' > metrics.json
            printf 'metrics-of-the-job: 1\n' > /tmp/outside.json
            ln -s /etc/passwd passwd.json; ln -s /tmp/outside.json linked.json; ln -s / root
            mkdir -p deep/er; printf 'step,loss\n1,0.5\n2,0.4\n' > deep/er/loss.csv
            head -c 3000000 /dev/zero > model.bin
            printf 'report:\n  title: "Hook \\u001b[31m <script>alert(1)</script>"\n' > cml.yaml
            """, runId: 900);

        await Until.TrueAsync(() => repository.Comments.Count > 0, () => $"the report to be posted, but: {scene.Daemon.Output}", () => true);
        string body = Assert.Single(repository.Comments).Body;
        Assert.Equal("succeeded", job.Result);
        Assert.Contains("0.91", body, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", body, StringComparison.Ordinal);
        Assert.DoesNotContain("metrics-of-the-job", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", body, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', body);
        await StopAsync(scene);
    }

    [SkippableFact]
    public async Task Secrets_WhileAJobRuns_AreNowhereToBeRead()
    {
        await using RunnerScene scene = await RunnerScene.StartAsync(await RunnerImage.RequireAsync());
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue(["one"], "sleep 300", owner: "acme\n\u001b[31mforged: owner", repository: "models");
        await scene.Daemon.SeesAsync("took job");
        string inspected = await InspectAsync(job.Agent!.Name); // it runs on one
        string arguments = await File.ReadAllTextAsync($"/proc/{scene.Daemon.Id}/cmdline");
        CmlResult status = await scene.CmlAsync("status", "--json");
        await scene.CmlAsync("cancel", job.Name);
        CmlResult result = await StopAsync(scene);
        string stored = string.Concat(Directory.EnumerateFiles(Path.Combine(scene.Directory, "data"), "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".sock", StringComparison.Ordinal)).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));

        string jit = AgentJit.Settings(job.Agent);
        foreach (string place in (string[])[inspected, arguments, status.Out, result.Out, result.Error, stored])
        {
            Assert.DoesNotContain(RunnerScene.Token, place, StringComparison.Ordinal);
            Assert.DoesNotContain(job.Agent.Secret, place, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(jit)), place, StringComparison.Ordinal);
            Assert.DoesNotContain("\u001b[31m", place, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(result.Error.Split('\n'), line => line.StartsWith("forged:", StringComparison.Ordinal));
        Assert.Contains("forged: owner", result.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Doctor_OnThisMachine_NamesEveryCheckAndTheFixOfWhatIsMissing()
    {
        await using RunnerScene scene = await RunnerScene.StartAsync(await RunnerImage.RequireAsync());
        CmlResult good = await scene.CmlAsync("doctor");
        Assert.Equal((0, ""), (good.ExitCode, string.Concat(good.Out.Split('\n').Where(line => line.StartsWith("FAIL", StringComparison.Ordinal)))));
        Assert.Equal(["engine", "GPUs", "image of one", "container of one", "disk", "credentials", "clock", "scale sets", "scale set one"], good.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line["ok   ".Length..line.IndexOf(':', StringComparison.Ordinal)]));
        CmlResult bad = await CmlProcess.RunAsync(scene.Directory, ["runner", "doctor"], new Dictionary<string, string?>(StringComparer.Ordinal) { ["LIVE_TOKEN"] = null, ["DOCKER_HOST"] = "unix:///nonexistent.sock" });
        Assert.Equal(ExitCodes.Failure, bad.ExitCode);
        Assert.Contains("FAIL engine: ", bad.Out, StringComparison.Ordinal);
        Assert.Contains("FAIL credentials: The secret in environment variable LIVE_TOKEN cannot be read", bad.Out, StringComparison.Ordinal);
    }

    private static async Task<CmlResult> StopAsync(RunnerScene scene)
    {
        await scene.Daemon.SignalAsync("TERM");
        CmlResult result = await scene.Daemon.WaitAsync();
        Assert.Equal(0, result.ExitCode);
        Assert.Empty(await LeftoversAsync(scene.Name));
        return result;
    }

    private static async Task SaysAsync(RunnerScene scene, string expected, params IReadOnlyList<string> command)
    {
        CmlResult result = await scene.CmlAsync(command);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains(expected, result.Out, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(RunnerScene scene, Func<string, bool> condition)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            CmlResult status = await scene.CmlAsync("status");
            if (condition(status.Out))
                return;
            Assert.True(TimeProvider.System.GetElapsedTime(began).TotalSeconds < 240, $"the status stays: {status.Out}{status.Error}");
        }
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        byte[] buffer = new byte[4096];
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token));
    }

    private static async Task<string> InspectAsync(string container)
    {
        using HttpClient client = DockerFixture.CreateHttpClient();
        return await client.GetStringAsync($"/v1.41/containers/{container}/json");
    }

    private static async Task<IReadOnlyList<string>> LeftoversAsync(string prefix)
    {
        using HttpClient client = DockerFixture.CreateHttpClient();
        JsonArray containers = await client.GetFromJsonAsync<JsonArray>("/v1.41/containers/json?all=true") ?? [];
        JsonArray networks = await client.GetFromJsonAsync<JsonArray>("/v1.41/networks") ?? [];
        return [.. containers.Select(container => (string?)container?["Names"]?[0]).Concat(networks.Select(network => "/" + (string?)network?["Name"])).OfType<string>().Where(name => name.StartsWith("/" + prefix, StringComparison.Ordinal))];
    }
}
