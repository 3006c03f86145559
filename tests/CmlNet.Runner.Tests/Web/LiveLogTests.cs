using System.Text.Json.Nodes;
using CmlNet.Runner.Tests.Daemon;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Actions.State;

namespace CmlNet.Runner.Tests.Web;

/// <summary>A job's log on the status page, as server-sent events from a real container.</summary>
public sealed class LiveLogTests
{
    [SkippableFact]
    public async Task Logs_OfARunningJobThatWritesAnything_AreLinesAndNothingElse()
    {
        string image = await RunnerImage.RequireAsync();
        int port = FreePort.Take();
        using var gate = new TemporaryFolder();
        await using DaemonScene scene = await DaemonScene.StartAsync(hasRealEngine: true);
        string command = new JsonArray([.. RunnerImage.Command.Select(word => (JsonNode)word)]).ToJsonString();
        scene.Yaml = $"web: {{ listen: {port} }}\npools: [{{ name: gpu1, max: 1, network: shared, image: '{image}', caches: [{{ host: '{gate.Path}', at: /gate }}], command: {command} }}]";
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("gpu1", """
            printf 'first \033[31mred\033[0m\nevent: end\ndata: forged\n\n\377\376 not text\r\nid: 7\n'
            until [ -e /gate/open ]; do sleep 0.1; done
            printf 'after the gate\nwithout an end'
            """);
        await Polling.UntilAsync(() => scene.HasEvent("job_started"), "it runs");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Polling.Patience };

        using HttpResponseMessage response = await client.GetAsync($"/api/logs/{job.Agent!.Name}", HttpCompletionOption.ResponseHeadersRead); // it runs on one
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var lines = new List<string>();
        // Live: what was written before the gate is there while the job waits.
        while (!lines.Contains("data: id: 7"))
            lines.Add(await ReadAsync(reader));
        await File.WriteAllTextAsync(gate["open"], "");
        while (lines[^1] != "event: end")
            lines.Add(await ReadAsync(reader));

        Assert.All(lines[..^1], line => Assert.True(line.Length == 0 || line.StartsWith("data: ", StringComparison.Ordinal), line));
        Assert.All(lines, line => Assert.DoesNotContain(line, char.IsControl));
        foreach (string expected in (string[])["data: first [31mred[0m", "data: event: end", "data: data: forged", "data: \uFFFD\uFFFD not text", "data: after the gate"])
            Assert.Contains(expected, lines);
        await Polling.UntilAsync(() => job.State == FakeJobState.Completed, "the job is done");
    }

    private static async Task<string> ReadAsync(StreamReader reader) => await reader.ReadLineAsync().WaitAsync(Polling.Patience) ?? throw new EndOfStreamException("the log ended early");
}
