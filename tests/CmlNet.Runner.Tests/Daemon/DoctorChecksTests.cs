using System.Security.Cryptography;
using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Daemon;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Actions.Engine;
using CmlNet.Testing.GitHub;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>Each check of the doctor with the one thing that is wrong: the finding names it and the fix.</summary>
public sealed class DoctorChecksTests
{
    [Fact]
    public async Task Examine_NoEngine_SaysSoAndGoesOn()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Engine.Silence = new EngineException(EngineErrorKind.Unreachable, "No container engine answers at unix:///x. Start it.");
        Dictionary<string, DoctorFinding> findings = await ExamineAsync(scene);
        Assert.Equal((false, "No container engine answers at unix:///x. Start it."), (findings["engine"].IsGood, findings["engine"].Text));
        Assert.True(findings["scale sets"].IsGood);
    }

    [Fact]
    public async Task Examine_EngineWithoutTheGpuRuntime_NamesTheToolkit()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Gpus = 1;
        scene.Yaml = "pools: [{ name: gpu1, gpus: 1 }]";
        scene.Engine.HasGpuRuntime = false;
        RunnerConfiguration configuration = scene.Configure();
        Dictionary<string, DoctorFinding> findings = await ExamineAsync(scene, configuration with { Gpus = configuration.Gpus with { ByVariable = false } });
        Assert.Contains("nvidia-ctk runtime configure", Bad(findings, "GPU runtime"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Examine_DiskTooFull_SaysWhatToFree()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        Dictionary<string, DoctorFinding> findings = await ExamineAsync(scene, scene.Configure() with { Disk = new DiskConfiguration { LeastFreeBytes = long.MaxValue } });
        Assert.Contains("less than disk.least-free", Bad(findings, "disk"), StringComparison.Ordinal);
        findings = await ExamineAsync(scene, scene.Configure() with { Disk = new DiskConfiguration { Path = "/nonexistent/\0" } });
        Assert.Contains("Set disk.path", Bad(findings, "disk"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Examine_ClockIsOff_SaysHowMuchAndWhatToSwitchOn()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        Dictionary<string, DoctorFinding> findings = await ExamineAsync(scene, time: new ShiftedTime { Shift = TimeSpan.FromMinutes(10) });
        Assert.Matches("^(599|60[0-9]) s off GitHub's. Switch time synchronization on", Bad(findings, "clock"));
    }

    [Fact]
    public async Task Examine_ScaleSetsAreRefused_NamesThePermission()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Service.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, PathEnd = "/registration-token", Status = 403, Times = 9 });
        Assert.Contains("'Self-hosted runners: write'", Bad(await ExamineAsync(scene), "scale sets"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Examine_AppLacksPermissions_NamesEachAndWhatItIsFor()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        using var key = RSA.Create(2048);
        scene.Service.App = ("Iv1", key);
        scene.Service.Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { ["metadata"] = "read", ["contents"] = "read", ["organization_self_hosted_runners"] = "write" };
        var app = new Authentication { ClientId = "Iv1", InstallationId = 1, PrivateKey = new SecretReference(SecretKind.Variable, "KEY") };
        Dictionary<string, DoctorFinding> findings = await ExamineAsync(scene, scene.Configure() with { Authentication = app }, key: key.ExportRSAPrivateKeyPem());
        Assert.Equal("The App lacks 'Pull requests: write' to post reports, 'Contents: write' to keep the reports' pictures and comment on commits, 'Actions: read' to look up runs. Add it under Permissions in the App's settings, and accept the change where it is installed.", Bad(findings, "permissions"));
        scene.Service.Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = "write", ["actions"] = "read", ["pull_requests"] = "write", ["organization_self_hosted_runners"] = "write" };
        findings = await ExamineAsync(scene, scene.Configure() with { Authentication = app }, key: key.ExportRSAPrivateKeyPem());
        Assert.True(findings["permissions"].IsGood);
        findings = await ExamineAsync(scene, scene.Configure() with { Authentication = app }, key: "-----BEGIN NONSENSE-----");
        Assert.Contains("Download a new one from the App's page", Bad(findings, "credentials"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Examine_RunnerIsOutOfDate_NamesTheVersionToUpdateTo()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        await using var engine = new FakeEngine(scene.Service, Path.Combine(scene.Folder, "engine.sock")) { RunnerVersion = "2.330.0" };
        await engine.StartAsync();
        scene.Service.RunnerReleases = [("2.332.0", TimeSpan.FromDays(2)), ("2.331.0", TimeSpan.FromDays(26)), ("2.330.0", TimeSpan.FromDays(60))];
        IContainerEngine docker = ContainerServices.Resolve("docker", new EngineContext { Variable = name => name == "DOCKER_HOST" ? engine.Address : null });
        Dictionary<string, DoctorFinding> findings = await ExamineAsync(scene, engine: docker);
        Assert.EndsWith("runner 2.330.0", findings["image of gpu1"].Text, StringComparison.Ordinal);
        string warning = Bad(findings, "runner version of gpu1");
        Assert.Contains("has been out of date for 26 days", warning, StringComparison.Ordinal);
        Assert.EndsWith("Update the image to runner 2.332.0.", warning, StringComparison.Ordinal);
        engine.RunnerVersion = "2.332.0";
        Assert.DoesNotContain("runner version of gpu1", (await ExamineAsync(scene, engine: docker)).Keys);
        Assert.Empty(engine.Present);
    }

    [Theory]
    [InlineData("2.328.0", true, true)]
    [InlineData("2.328.0", false, false)]
    [InlineData("2.329.0", true, false)]
    public async Task FindWarning_OlderThanGitHubRegisters_IsRefusedThereOnly(string version, bool isHosted, bool isRefused)
    {
        var preparation = new PoolPreparation(new SimulatedEngine(), null, isHosted, null, TimeProvider.System, NullLogger.Instance);
        Task<string?> finding = preparation.FindWarningAsync(new PoolConfiguration { Name = "a", Labels = ["a"] }, new ImageInfo { Reference = "x", Id = "y" }, Version.Parse(version), CancellationToken.None);
        if (isRefused)
            Assert.Contains("older than 2.329.0, the oldest that GitHub registers", (await Assert.ThrowsAsync<RunnerConfigurationException>(() => finding)).Message, StringComparison.Ordinal);
        else
            Assert.Null(await finding);
    }

    [Fact]
    public async Task Examine_RunnerGroupIsNotThere_SaysSo()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        Assert.Contains("There is no runner group named 'nowhere'", Bad(await ExamineAsync(scene, scene.Configure() with { RunnerGroup = "nowhere" }), "scale set gpu1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Examine_ScaleSetWasMadeWithOtherLabels_SaysHowItGetsThem()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        await scene.StartDaemonAsync();
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.ScaleSets.Count) == 1, "it is made");
        await scene.StopAsync();
        Assert.Equal("is there", (await ExamineAsync(scene))["scale set gpu1"].Text);
        scene.Yaml = "pools: [{ name: gpu1, labels: [gpu1, cuda12] }]";
        Assert.Contains("without the labels cuda12", Bad(await ExamineAsync(scene), "scale set gpu1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Examine_RunnersMayNotBeRegisteredOneByOne_SaysSo()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Scope = scene.Service.Url + "/acme/models";
        scene.Yaml = "pools: [{ name: gpu1, mode: rest }]";
        Dictionary<string, DoctorFinding> findings = await ExamineAsync(scene);
        Assert.True(findings["runners"].IsGood, findings["runners"].Text);
        Assert.True(findings["clock"].IsGood);
        scene.Service.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, PathEnd = "/registration-token", Status = 403, Times = 9 });
        Assert.Contains("'Administration: write'", Bad(await ExamineAsync(scene), "runners"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpus: 1, gpu-memory: 80GB", "[]", "a pool wants 1 with at least 80 GB: gpu1")]
    [InlineData("gpus: 1", "[GPU-9]", "gpus.exclude names GPU-9, and this machine has no such GPU")]
    public async Task Examine_GpusThatAreNotThere_AreNamed(string shape, string excluded, string expected)
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Gpus = 2;
        scene.Yaml = $"pools: [{{ name: gpu1, {shape} }}]";
        RunnerConfiguration configuration = scene.Configure();
        Assert.Contains(expected, Bad(await ExamineAsync(scene, configuration with { Gpus = configuration.Gpus with { Excluded = [.. excluded.Trim('[', ']').Split(',', StringSplitOptions.RemoveEmptyEntries)] } }), "GPUs"), StringComparison.Ordinal);
    }

    // What the engine itself says of each.
    [SkippableTheory]
    [InlineData("cpus: 9999", "Range of CPUs")]
    [InlineData("network: cml-no-such-network", "cml-no-such-network")]
    [InlineData("command: [/no/such/run.sh]", "has no program /no/such/run.sh: set the pool's 'command'")]
    [InlineData("command: [/bin/sh]", null)]
    public async Task Examine_ShapeThatTheEngineRefuses_IsFoundWithoutAJob(string setting, string? expected)
    {
        string image = await RunnerImage.RequireAsync();
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = $"pools: [{{ name: one, image: '{image}', {setting}, caches: [{{ host: /no/such/folder, at: /data }}] }}]";
        IContainerEngine docker = ContainerServices.Resolve("docker", new EngineContext { Variable = Environment.GetEnvironmentVariable });
        Dictionary<string, DoctorFinding> findings = await ExamineAsync(scene, engine: docker);
        if (expected is null)
            Assert.True(findings["container of one"].IsGood, findings["container of one"].Text);
        else
            Assert.Contains(expected, Bad(findings, "container of one"), StringComparison.Ordinal);
        Assert.Contains("there is no such folder", Bad(findings, "cache /no/such/folder of one"), StringComparison.Ordinal);
        Assert.False(Directory.Exists("/no/such/folder"));
    }

    // In a container, the folders of the machine are not there to be looked at: another container looks.
    [SkippableFact]
    public async Task Examine_InAContainer_CachesAreLookedForOnTheEnginesMachine()
    {
        string image = await RunnerImage.RequireAsync();
        await using DaemonScene scene = await DaemonScene.StartAsync();
        Directory.CreateDirectory(Path.Combine(scene.Folder, "is there"));
        Directory.CreateSymbolicLink(Path.Combine(scene.Folder, "link"), "/elsewhere");
        scene.Yaml = $"pools: [{{ name: one, image: '{image}', command: [/bin/sh], caches: [{{ host: '{scene.Folder}/is there', at: /a }}, {{ host: {scene.Folder}/link/x, at: /b }}, {{ host: {scene.Folder}/none/x, at: /c }}, {{ host: /no/such/folder, at: /d }}] }}]";
        IContainerEngine docker = ContainerServices.Resolve("docker", new EngineContext { Variable = Environment.GetEnvironmentVariable });
        Dictionary<string, DoctorFinding> findings = await ExamineAsync(scene, engine: docker, isInContainer: true);
        Assert.Equal(["cache /no/such/folder of one", $"cache {scene.Folder}/none/x of one"], findings.Keys.Where(name => name.StartsWith("cache", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("no such folder on the engine's machine", Bad(findings, "cache /no/such/folder of one"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Examine_NobodyCanLookForCaches_SaysThatItIsNotKnown()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "pools: [{ name: one, caches: [{ host: /data, at: /data }] }]";
        DoctorFinding finding = (await ExamineAsync(scene, isInContainer: true))["caches of one"];
        Assert.Equal((false, true), (finding.IsGood, finding.IsUnknown));
        Assert.Contains("whether /data is on the engine's machine cannot be seen from here", finding.Text, StringComparison.Ordinal);
    }

    private static string Bad(Dictionary<string, DoctorFinding> findings, string name)
    {
        Assert.False(findings[name].IsGood, findings[name].Text);
        return findings[name].Text;
    }

    private static async Task<Dictionary<string, DoctorFinding>> ExamineAsync(DaemonScene scene, RunnerConfiguration? configuration = null, TimeProvider? time = null, string? key = null, IContainerEngine? engine = null, bool? isInContainer = null)
    {
        var doctor = new RunnerDoctor(
            configuration ?? scene.Configure(),
            new DaemonSurroundings
            {
                Version = "1",
                Engine = engine ?? scene.Engine,
                Time = time ?? TimeProvider.System,
                Variable = name => name switch { "TOKEN" => "ghp_test", "KEY" => key, _ => null },
                Retries = new GitHubRetries { FirstDelay = TimeSpan.FromMilliseconds(5) },
            })
        {
            IsInContainer = isInContainer ?? OwnProgram.IsInContainer,
        };
        return (await doctor.ExamineAsync(CancellationToken.None)).ToDictionary(finding => finding.Name, StringComparer.Ordinal);
    }
}
