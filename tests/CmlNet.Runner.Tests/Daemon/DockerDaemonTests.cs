using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.Docker;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>The daemon with the real engine, and a container that behaves like the runner.</summary>
public sealed class DockerDaemonTests
{
    [SkippableFact]
    public async Task Run_JobInAContainer_RunsOnceAndLeavesNothing()
    {
        await using DaemonScene scene = await StartAsync("network: own, gpus: 1, memory: 100MB, cpus: 1, env: { GREETING: hello }");
        scene.Gpus = 2;
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("gpu1", "[ \"$GREETING\" = hello ] && [ \"$NVIDIA_VISIBLE_DEVICES\" = GPU-0 ] && [ ! -e /cml/once/jit ] && [ -z \"$ACTIONS_RUNNER_INPUT_JITCONFIG\" ]");

        await Polling.UntilAsync(() => job.State == FakeJobState.Completed, "the job is done");
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.Agents.Count) == 0, "the runner is gone");
        Assert.Equal(("succeeded", 1), (job.Result, job.Starts));
        await scene.StopAsync();
        Assert.Empty(await LeftoversAsync(scene.Name));
    }

    [SkippableFact]
    public async Task Run_JobFails_ResultIsTheJobs()
    {
        await using DaemonScene scene = await StartAsync("network: shared");
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("gpu1", "exit 3");
        await Polling.UntilAsync(() => job.State == FakeJobState.Completed, "the job is done");
        Assert.Equal("failed", job.Result);
    }

    [SkippableFact]
    public async Task Run_SecondSignalWhileAJobRuns_CancelsItProperly()
    {
        await using DaemonScene scene = await StartAsync("network: shared");
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("gpu1", "sleep 100");
        await Polling.UntilAsync(() => job.State == FakeJobState.Running, "it runs");
        await scene.DrainAsync();
        await scene.CancelAsync();
        await scene.EndedAsync();
        Assert.Equal("canceled", job.Result);
        Assert.Empty(await LeftoversAsync(scene.Name));
    }

    private static async Task<DaemonScene> StartAsync(string settings)
    {
        string image = await RunnerImage.RequireAsync();
        DaemonScene scene = await DaemonScene.StartAsync(hasRealEngine: true);
        string command = new JsonArray([.. RunnerImage.Command.Select(word => (JsonNode)word)]).ToJsonString();
        scene.Yaml = $"pools: [{{ name: gpu1, max: 2, image: '{image}', {settings}, command: {command} }}]";
        return scene;
    }

    internal static async Task<IReadOnlyList<string>> LeftoversAsync(string prefix)
    {
        using HttpClient client = DockerFixture.CreateHttpClient();
        JsonArray containers = await client.GetFromJsonAsync<JsonArray>("/v1.41/containers/json?all=true") ?? [];
        JsonArray networks = await client.GetFromJsonAsync<JsonArray>("/v1.41/networks") ?? [];
        return [.. containers.Select(container => (string?)container?["Names"]?[0]).Concat(networks.Select(network => "/" + (string?)network?["Name"])).OfType<string>().Where(name => name.StartsWith("/" + prefix, StringComparison.Ordinal))];
    }
}
