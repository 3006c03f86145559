using System.Text.Json.Nodes;
using CmlNet.Testing.Docker;

namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>What the engine itself says is there.</summary>
internal static class EngineState
{
    /// <summary>Containers (running or not) and networks of one run, by the label that all of a run's things carry.</summary>
    public static Task<IReadOnlyList<string>> OfRunAsync(string runId) => WithLabelAsync($"cmlnet.run={runId}");

    /// <summary>Asserts that a finished run left no container, no network and no temporary file.</summary>
    public static async Task AssertNothingLeftAsync(WorkTree tree)
    {
        string runs = Path.Combine(tree.Root, ".cml", "runs");
        foreach (string directory in Directory.Exists(runs) ? Directory.GetDirectories(runs) : [])
            Assert.Empty(await OfRunAsync(Path.GetFileName(directory)));
        string temporary = Path.Combine(tree.Root, ".cml", "tmp");
        Assert.False(Directory.Exists(temporary), $"left in {temporary}: {(Directory.Exists(temporary) ? string.Join(", ", Directory.GetFileSystemEntries(temporary, "*", SearchOption.AllDirectories)) : "")}");
    }

    private static async Task<IReadOnlyList<string>> WithLabelAsync(string label)
    {
        using HttpClient client = DockerFixture.CreateHttpClient();
        string filters = Uri.EscapeDataString($$"""{"label":["{{label}}"]}""");
        JsonArray containers = JsonNode.Parse(await client.GetStringAsync($"/v1.41/containers/json?all=true&filters={filters}"))!.AsArray();
        JsonArray networks = JsonNode.Parse(await client.GetStringAsync($"/v1.41/networks?filters={filters}"))!.AsArray();
        return
        [
            .. containers.Select(container => $"container {container!["Names"]![0]} ({container["State"]})"),
            .. networks.Select(network => $"network {network!["Name"]}"),
        ];
    }
}
