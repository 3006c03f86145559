using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.Docker;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>Jobs that use the engine themselves, as the official runner does for <c>container:</c> and services.</summary>
public sealed class EngineSocketTests
{
    // What the runner does: a network and a container with its label, a folder of its own mounted; and an end in the middle, so that it
    // removes nothing. The label is the hash of its settings.
    private const string Script = """
        python3 - <<'END'
        import base64, hashlib, http.client, json, os, socket
        folder = os.getcwd() + '/_work/models'
        os.makedirs(folder, exist_ok=True)
        open(folder + '/from-the-runner', 'w').write('hello')
        settings = base64.b64decode(json.loads(base64.b64decode(os.environ['JIT']))['.runner']).decode()
        label = hashlib.sha256(settings.encode()).hexdigest()[:6]
        class Engine(http.client.HTTPConnection):
            def connect(self):
                self.sock = socket.socket(socket.AF_UNIX)
                self.sock.connect('/var/run/docker.sock')
        def ask(method, path, body=None):
            engine = Engine('engine')
            engine.request(method, '/v1.41' + path, json.dumps(body) if body else None, {'Content-Type': 'application/json'})
            answer = engine.getresponse(); text = answer.read()
            assert answer.status < 300, text
            return json.loads(text) if text else None
        ask('POST', '/networks/create', {'Name': 'github_network_' + label, 'Labels': {label: ''}})
        made = ask('POST', '/containers/create?name=service-' + label, {'Image': os.environ['IMAGE'], 'Cmd': ['/bin/sh', '-c', 'cp /__w/from-the-runner /__w/from-the-service; exec sleep 300'], 'Labels': {label: ''}, 'HostConfig': {'Binds': [folder + ':/__w'], 'NetworkMode': 'github_network_' + label}})
        ask('POST', '/containers/' + made['Id'] + '/start')
        import time
        while not os.path.exists(folder + '/from-the-service'): time.sleep(0.05)
        print('the service answered', open(folder + '/from-the-service').read(), flush=True)
        END
        """;

    [SkippableFact]
    public async Task Run_JobMakesContainersOfItsOwn_TheyShareItsFolderAndGoWithIt()
    {
        string image = await DockerFixture.RequireAsync(TestImages.Python3);
        await using DaemonScene scene = await DaemonScene.StartAsync(hasRealEngine: true);
        // The test's runner takes its configuration out of the environment; the job is to see it.
        string start = "export JIT=$ACTIONS_RUNNER_INPUT_JITCONFIG\n" + RunnerImage.Command[2];
        scene.Yaml = $"pools: [{{ name: gpu1, max: 1, image: '{image}', docker-socket: true, env: {{ IMAGE: '{image}' }}, command: {new JsonArray("/bin/bash", "-c", start.Replace("export GITHUB_WORKSPACE=/cml/once/workspace", "export GITHUB_WORKSPACE=$PWD", StringComparison.Ordinal)).ToJsonString()} }}]";
        await scene.StartDaemonAsync();

        FakeJob job = scene.Service.Queue("gpu1", Script);

        await Polling.UntilAsync(() => job.State == FakeJobState.Completed, "the job is done");
        Assert.Equal("succeeded", job.Result);
        string mark = CmlNet.Runner.Fleet.Docker.RunnerMark.Find(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(new JsonObject { [".runner"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(AgentJit.Settings(job.Agent!))) }.ToJsonString())))!; // it ran on one
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.Agents.Count) == 0, "the runner is gone");
        await scene.StopAsync();
        Assert.Empty(await DockerDaemonTests.LeftoversAsync(scene.Name));
        Assert.Empty(await LabelledAsync(mark));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(scene.Folder, "data", "jobs")));
    }

    private static async Task<IReadOnlyList<string>> LabelledAsync(string label)
    {
        using HttpClient client = DockerFixture.CreateHttpClient();
        string filter = Uri.EscapeDataString(new JsonObject { ["label"] = new JsonArray(label) }.ToJsonString());
        JsonArray containers = await client.GetFromJsonAsync<JsonArray>($"/v1.41/containers/json?all=true&filters={filter}") ?? [];
        JsonArray networks = await client.GetFromJsonAsync<JsonArray>($"/v1.41/networks?filters={filter}") ?? [];
        return [.. containers.Concat(networks).Select(one => (string?)one?["Id"]).OfType<string>()];
    }
}
