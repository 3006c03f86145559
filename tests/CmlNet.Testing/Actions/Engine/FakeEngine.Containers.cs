using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.Actions.Engine;

/// <summary>Containers and networks.</summary>
public sealed partial class FakeEngine
{
    private async Task CreateAsync(HttpContext context)
    {
        string name = context.Request.Query["name"].ToString();
        JsonObject request = await HostedApp.BodyAsync(context);
        if (_containers.Values.Any(container => container.Name == name))
        {
            await TextAsync(context, 409, $$"""{"message":"Conflict. The container name \"/{{name}}\" is already in use by container \"x\"."}""");
            return;
        }

        var made = new FakeContainer { Id = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()), Name = name, Request = request, Labels = Labels(request) };
        _containers[made.Id] = made;
        await JsonAsync(context, $$"""{"Id":"{{made.Id}}","Warnings":[]}""", 201);
    }

    private Task ContainerAsync(HttpContext context, FakeContainer container, string verb) => (context.Request.Method, verb) switch
    {
        ("POST", "start") => BeginAsync(context, container),
        ("POST", "stop") => StopAsync(context, container),
        ("POST", "wait") => WaitAsync(context, container),
        ("GET", "json") => InspectAsync(context, container),
        ("GET", "logs") => LogsAsync(context, container),
        ("GET", "stats") => JsonAsync(context, container.Status == "running" ? """{"cpu_stats":{"cpu_usage":{"total_usage":1000000000}},"memory_stats":{"usage":50000000,"stats":{"inactive_file":0}},"networks":{}}""" : """{"cpu_stats":{"cpu_usage":{"total_usage":0}},"memory_stats":{}}"""),
        ("PUT", "archive") => PutAsync(context, container),
        ("GET", "archive") => GetAsync(context),
        ("DELETE", "") => RemoveAsync(context, container),
        _ => TextAsync(context, 404, """{"message":"page not found"}"""),
    };

    private static Task InspectAsync(HttpContext context, FakeContainer container) => JsonAsync(context, new JsonObject
    {
        ["Id"] = container.Id,
        ["Name"] = "/" + container.Name,
        ["State"] = new JsonObject { ["Status"] = container.Status, ["Running"] = container.Status == "running", ["OOMKilled"] = false, ["ExitCode"] = container.ExitCode },
        ["Config"] = new JsonObject(),
        ["NetworkSettings"] = new JsonObject(),
    }.ToJsonString());

    private Task BeginAsync(HttpContext context, FakeContainer container)
    {
        if (container.Status != "created")
            return TextAsync(context, 304, "");
        container.Status = "running";
        foreach (string gpu in container.Gpus.Where(gpu => !_gpus.TryAdd(gpu, container.Name)))
            Defects.Enqueue($"{gpu} was given to {container.Name} while {_gpus.GetValueOrDefault(gpu)} had it");
        _ = RunAsync(container);
        return TextAsync(context, 204, "");
    }

    private static async Task StopAsync(HttpContext context, FakeContainer container)
    {
        await container.Stop.CancelAsync();
        if (container.Status == "running")
            await container.Exit.Task.WaitAsync(context.RequestAborted);
        await TextAsync(context, 204, "");
    }

    private static async Task WaitAsync(HttpContext context, FakeContainer container)
    {
        int code = await container.Exit.Task.WaitAsync(context.RequestAborted);
        await JsonAsync(context, $$"""{"StatusCode":{{code}}}""");
    }

    // One frame on standard output.
    private static async Task LogsAsync(HttpContext context, FakeContainer container)
    {
        byte[] text = Encoding.UTF8.GetBytes(container.Log);
        await context.Response.Body.WriteAsync(new byte[] { 1, 0, 0, 0, (byte)(text.Length >> 24), (byte)(text.Length >> 16), (byte)(text.Length >> 8), (byte)text.Length });
        await context.Response.Body.WriteAsync(text);
        if (context.Request.Query["follow"] != "true")
            return;
        await context.Response.Body.FlushAsync();
        await container.Exit.Task.WaitAsync(context.RequestAborted);
    }

    private static async Task PutAsync(HttpContext context, FakeContainer container)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        body.Position = 0;
        await using var reader = new TarReader(body);
        while (await reader.GetNextEntryAsync() is { } entry)
        {
            if (entry.Name != "cml/once/jit" || entry.DataStream is not { } data)
                continue;
            using var text = new StreamReader(data);
            container.JitConfiguration = await text.ReadToEndAsync();
        }

        await TextAsync(context, 200, "");
    }

    private async Task GetAsync(HttpContext context)
    {
        using var archive = new MemoryStream();
        await using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, "outbox/"));
            if (Harvest is { } left)
                await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "outbox/" + left.Name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(left.Content)) });
        }

        context.Response.ContentType = "application/x-tar";
        await context.Response.Body.WriteAsync(archive.ToArray());
    }

    private Task RemoveAsync(HttpContext context, FakeContainer container)
    {
        End(container, 137);
        _containers.TryRemove(container.Id, out _);
        return TextAsync(context, 204, "");
    }

    private async Task ListContainersAsync(HttpContext context)
    {
        var list = new JsonArray([.. _containers.Values.Where(container => Matches(context, container.Labels)).Select(container => (JsonNode)new JsonObject
        {
            ["Id"] = container.Id,
            ["Names"] = new JsonArray("/" + container.Name),
            ["Labels"] = Describe(container.Labels),
            ["State"] = container.Status,
            ["Created"] = 1_700_000_000,
        })]);
        await JsonAsync(context, list.ToJsonString());
    }

    private async Task ListNetworksAsync(HttpContext context)
    {
        var list = new JsonArray([.. _networks.Where(network => Matches(context, network.Value.Labels)).Select(network => (JsonNode)new JsonObject { ["Id"] = network.Key, ["Name"] = network.Value.Name, ["Labels"] = Describe(network.Value.Labels), ["Created"] = "2026-01-01T00:00:00Z" })]);
        await JsonAsync(context, list.ToJsonString());
    }

    private async Task CreateNetworkAsync(HttpContext context)
    {
        JsonObject request = await HostedApp.BodyAsync(context);
        string id = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        _networks[id] = ((string?)request["Name"] ?? "", Labels(request));
        await JsonAsync(context, $$"""{"Id":"{{id}}"}""", 201);
    }

    private Task InspectNetworkAsync(HttpContext context, string network) => FindNetwork(network) is { } id
        ? JsonAsync(context, new JsonObject { ["Id"] = id, ["Name"] = _networks[id].Name, ["Options"] = new JsonObject() }.ToJsonString())
        : TextAsync(context, 404, $$"""{"message":"network {{network}} not found"}""");

    private string? FindNetwork(string idOrName) => _networks.ContainsKey(idOrName) ? idOrName : _networks.FirstOrDefault(entry => entry.Value.Name == idOrName).Key;

    private Task RemoveNetworkAsync(HttpContext context, string network)
    {
        string? id = FindNetwork(network);
        return id is not null && _networks.TryRemove(id, out _) ? TextAsync(context, 204, "") : TextAsync(context, 404, $$"""{"message":"network {{network}} not found"}""");
    }

    // {"label":["key=value"]}
    private static bool Matches(HttpContext context, IReadOnlyDictionary<string, string> labels)
    {
        string filters = context.Request.Query["filters"].ToString();
        JsonArray? wanted = filters.Length == 0 ? null : JsonNode.Parse(filters)?["label"] as JsonArray;
        return (wanted ?? []).Select(label => ((string?)label ?? "").Split('=', 2)).All(label => labels.TryGetValue(label[0], out string? value) && (label.Length == 1 || label[1] == value));
    }

    private static Dictionary<string, string> Labels(JsonObject request) =>
        (request["Labels"] as JsonObject ?? []).ToDictionary(label => label.Key, label => (string?)label.Value ?? "", StringComparer.Ordinal);

    private static JsonObject Describe(IReadOnlyDictionary<string, string> labels)
    {
        var described = new JsonObject();
        foreach ((string name, string value) in labels)
            described[name] = value;
        return described;
    }
}
