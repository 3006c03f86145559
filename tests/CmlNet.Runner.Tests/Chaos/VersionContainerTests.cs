using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CmlNet.Runner.Tests.Daemon;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Docker;

namespace CmlNet.Runner.Tests.Chaos;

/// <summary>The container that tells an image's runner's version, on the real engine.</summary>
public sealed class VersionContainerTests
{
    [SkippableFact]
    public async Task Kill_WhileTheVersionIsRead_NextDaemonRemovesTheContainer()
    {
        string image = await RunnerImage.RequireSilentAsync();
        await using FakeActionsService service = await FakeActionsService.StartAsync();
        service.Allow("ghp_test", isInstallation: false);
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["runner.yaml"], $"scope: {service.OrganizationUrl}\nauthentication: {{ token: {{ env: VERSION_TOKEN }} }}\nname: version\ndata: {folder["data"]}\ndisk: {{ least-free: 0 }}\npools: [{{ name: one, image: '{image}' }}]\n");
        using var daemon = new DaemonProcess(folder["runner.yaml"], new Dictionary<string, string>(StringComparer.Ordinal) { ["VERSION_TOKEN"] = "ghp_test" });
        daemon.Start();
        await daemon.ReadyAsync(folder["data/runner.sock"]);
        string id = (await File.ReadAllTextAsync(folder["data/daemon-id"])).Trim();
        string left = "";
        await Polling.UntilAsync(async () => (left = (await RunningAsync(id)).FirstOrDefault("")).Length > 0, () => $"the version is asked for: {daemon.LastWords}");

        daemon.Kill();
        Assert.Equal([left], await RunningAsync(id)); // nobody else removes it
        daemon.Start();

        await Polling.UntilAsync(async () => await RunningAsync(id) is [var next] && next != left, () => $"it is gone, and another one asks: {daemon.LastWords}");
        Assert.Equal(0, await daemon.StopAsync());
        Assert.Empty(await RunningAsync(id));
    }

    private static async Task<string[]> RunningAsync(string daemon)
    {
        using HttpClient client = DockerFixture.CreateHttpClient();
        string filter = Uri.EscapeDataString(new JsonObject { ["label"] = new JsonArray($"cmlnet.daemon={daemon}") }.ToJsonString());
        JsonArray containers = await client.GetFromJsonAsync<JsonArray>($"/v1.41/containers/json?all=true&filters={filter}") ?? [];
        return [.. containers.Select(container => (string?)container?["Id"]).OfType<string>()];
    }
}
