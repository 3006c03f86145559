using System.Text.Json.Nodes;
using CmlNet.Cli.Tests.Commands.Run;
using CmlNet.Testing.Actions;
using CmlNet.Testing.GitHub;

namespace CmlNet.Cli.Tests.Commands.Runners;

/// <summary>The published daemon on the real engine, with a container that behaves like GitHub's runner, and the commands that talk to it.</summary>
internal sealed class RunnerScene : IAsyncDisposable
{
    public const string Token = "ghp_0123456789abcdefSECRET";

    private RunnerScene(FakeActionsService service, string directory) => (Service, Directory) = (service, directory);

    public FakeActionsService Service { get; }

    public string Directory { get; }

    /// <summary>Unlike any other daemon's on the same engine.</summary>
    public string Name { get; } = $"live{Guid.NewGuid().ToString("N")[..6]}";

    public CmlProcess Daemon { get; private set; } = null!; // set by StartDaemon

    /// <param name="image">With bash and coreutils.</param>
    /// <param name="settings">More of the pool <c>one</c>, beginning with a comma.</param>
    /// <param name="more">More lines of the file.</param>
    /// <param name="gitHub">For reports.</param>
    public static async Task<RunnerScene> StartAsync(string image, string settings = "", string more = "", FakeGitHub? gitHub = null)
    {
        CmlBinary.Require();
        FakeActionsService service = await FakeActionsService.StartAsync(await RunnerImage.FindGatewayAsync(), gitHub);
        service.Allow(Token, isInstallation: false);
        service.Behavior.PollTime = TimeSpan.FromSeconds(1);
        var scene = new RunnerScene(service, System.IO.Directory.CreateTempSubdirectory("cmlnet-live").FullName);
        string command = new JsonArray([.. RunnerImage.Command.Select(word => (JsonNode)word)]).ToJsonString();
        await File.WriteAllTextAsync(Path.Combine(scene.Directory, "runner.yaml"), $"scope: {service.OrganizationUrl}\nauthentication: {{ token: {{ env: LIVE_TOKEN }} }}\nname: {scene.Name}\ndata: {scene.Directory}/data\ndisk: {{ least-free: 0 }}\n{more}pools:\n  - {{ name: one, max: 1, image: '{image}', command: {command}{settings} }}\n");
        return scene;
    }

    public async Task StartDaemonAsync(IReadOnlyDictionary<string, string?>? environment = null)
    {
        Daemon = CmlProcess.Start(Directory, ["runner", "start"], new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>(StringComparer.Ordinal), StringComparer.Ordinal) { ["LIVE_TOKEN"] = Token });
        await Daemon.SeesAsync("listening to scale set");
    }

    /// <summary>Runs <c>cml runner …</c> beside the daemon.</summary>
    public Task<CmlResult> CmlAsync(params IReadOnlyList<string> command) => CmlProcess.RunAsync(Directory, ["runner", .. command], new Dictionary<string, string?>(StringComparer.Ordinal) { ["LIVE_TOKEN"] = Token });

    public async ValueTask DisposeAsync()
    {
        if (Daemon is not null)
            await Daemon.DisposeAsync();
        await Service.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
