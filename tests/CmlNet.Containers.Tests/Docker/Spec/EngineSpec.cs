using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace CmlNet.Containers.Tests.Docker.Spec;

/// <summary>The official description of the Engine API: says what is wrong with a request.</summary>
internal sealed class EngineSpec
{
    private static readonly Lazy<EngineSpec> Loaded = new(() => new EngineSpec());

    private readonly YamlMappingNode _root;
    private readonly List<(string[] Segments, YamlMappingNode Item)> _paths;

    private EngineSpec()
    {
        using var reader = File.OpenText(Path.Combine(AppContext.BaseDirectory, "Docker", "Spec", "docker-engine-v1.41.yaml"));
        var yaml = new YamlStream();
        yaml.Load(reader);
        _root = (YamlMappingNode)yaml.Documents[0].RootNode;
        _paths = [.. Map(_root, "paths")!.Children.Select(p => (((YamlScalarNode)p.Key).Value!.Split('/'), (YamlMappingNode)p.Value))];
    }

    public static EngineSpec Instance => Loaded.Value;

    /// <summary>Everything in the request that the description does not have, or demands and does not find.</summary>
    public IReadOnlyList<string> Check(string method, string path, IReadOnlyList<string> query, byte[]? body, IReadOnlyList<string> headers)
    {
        var candidates = _paths.Where(p => Matches(p.Segments, path)).OrderBy(p => p.Segments.Count(s => s.StartsWith('{'))).ToList();
        if (candidates.Count == 0)
            return [$"no such path: {path}"];
        if (Map(candidates[0].Item, method.ToLowerInvariant()) is not { } operation)
            return [$"{path} has no {method}"];
        var parameters = (Node(operation, "parameters") as YamlSequenceNode)?.Children.Cast<YamlMappingNode>().ToList() ?? [];
        var problems = new List<string>();
        CheckNames(parameters, "query", query, problems);
        CheckNames(parameters, "header", headers, problems);
        var bodySchema = parameters.Find(p => Text(p, "in") == "body");
        if (body is { Length: > 0 } && bodySchema is null)
            problems.Add($"{method} {path} takes no body");
        if (bodySchema is not null && body is null && Text(bodySchema, "required") == "true")
            problems.Add($"{method} {path} needs a body");
        if (bodySchema is not null && body is { Length: > 0 })
        {
            using var json = JsonDocument.Parse(body);
            CheckValue(Map(bodySchema, "schema")!, json.RootElement, "$", problems);
        }

        return problems;
    }

    private static void CheckNames(List<YamlMappingNode> parameters, string where, IReadOnlyList<string> names, List<string> problems)
    {
        var declared = parameters.Where(p => Text(p, "in") == where).ToList();
        problems.AddRange(names.Except(declared.Select(p => Text(p, "name")), StringComparer.OrdinalIgnoreCase).Select(n => $"{where} parameter {n} is not in the description"));
        problems.AddRange(declared.Where(p => Text(p, "required") == "true").Select(p => Text(p, "name")!).Except(names, StringComparer.OrdinalIgnoreCase).Select(n => $"{where} parameter {n} is required"));
    }

    private void CheckValue(YamlMappingNode schema, JsonElement value, string where, List<string> problems)
    {
        var parts = Flatten(schema).ToList();
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(parts, value, where, problems);
                break;
            case JsonValueKind.Array:
                ExpectType(parts, ["array"], where, problems);
                if (parts.Select(p => Map(p, "items")).FirstOrDefault(i => i is not null) is { } items)
                {
                    foreach (var (item, index) in value.EnumerateArray().Select((v, i) => (v, i)))
                        CheckValue(items, item, $"{where}[{index}]", problems);
                }

                break;
            case JsonValueKind.String:
                ExpectType(parts, ["string"], where, problems);
                break;
            case JsonValueKind.Number:
                ExpectType(parts, ["integer", "number"], where, problems);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                ExpectType(parts, ["boolean"], where, problems);
                break;
        }
    }

    private void CheckObject(List<YamlMappingNode> parts, JsonElement value, string where, List<string> problems)
    {
        ExpectType(parts, ["object"], where, problems);
        var properties = parts.Select(p => Map(p, "properties")).OfType<YamlMappingNode>().SelectMany(p => p.Children)
            .ToLookup(p => ((YamlScalarNode)p.Key).Value!, p => (YamlMappingNode)p.Value, StringComparer.Ordinal);
        var additional = parts.Select(p => Node(p, "additionalProperties")).FirstOrDefault(a => a is not null);
        foreach (var property in value.EnumerateObject())
        {
            if (properties[property.Name].LastOrDefault() is { } known)
                CheckValue(known, property.Value, $"{where}.{property.Name}", problems);
            else if (additional is YamlMappingNode any)
                CheckValue(any, property.Value, $"{where}.{property.Name}", problems);
            else if (additional is null)
                problems.Add($"{where}.{property.Name} is not in the description");
        }

        var required = parts.Select(p => Node(p, "required")).OfType<YamlSequenceNode>().SelectMany(r => r.Children).Select(r => ((YamlScalarNode)r).Value!);
        problems.AddRange(required.Where(name => !value.TryGetProperty(name, out _)).Select(name => $"{where}.{name} is required"));
    }

    private static void ExpectType(List<YamlMappingNode> parts, string[] types, string where, List<string> problems)
    {
        var declared = parts.Select(p => Text(p, "type")).OfType<string>().LastOrDefault();
        if (declared is not null && !types.Contains(declared, StringComparer.Ordinal))
            problems.Add($"{where} should be {declared}");
    }

    // A schema with what it refers to and what it is composed of.
    private IEnumerable<YamlMappingNode> Flatten(YamlMappingNode schema)
    {
        if (Text(schema, "$ref") is { } reference)
            return Flatten(reference.TrimStart('#', '/').Split('/').Aggregate(_root, (node, name) => Map(node, name)!));
        var all = (Node(schema, "allOf") as YamlSequenceNode)?.Children.Cast<YamlMappingNode>().SelectMany(Flatten) ?? [];
        return all.Append(schema);
    }

    private static bool Matches(string[] segments, string path)
    {
        // An image's name may have slashes in it.
        var actual = path.Split('/');
        if (segments is ["", "images", "{name}", var last])
            return actual.Length >= 4 && actual[1] == "images" && actual[^1] == last;
        return segments.Length == actual.Length && segments.Zip(actual).All(p => p.First.StartsWith('{') ? p.Second.Length > 0 : p.First == p.Second);
    }

    private static YamlNode? Node(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static YamlMappingNode? Map(YamlMappingNode node, string key) => Node(node, key) as YamlMappingNode;

    private static string? Text(YamlMappingNode node, string key) => (Node(node, key) as YamlScalarNode)?.Value;
}
