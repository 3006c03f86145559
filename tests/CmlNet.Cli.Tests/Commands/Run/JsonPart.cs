using System.Text.Json.Nodes;

namespace CmlNet.Cli.Tests.Commands.Run;

/// <summary>Whether one JSON value is part of another: objects may leave members out, everything else is equal.</summary>
internal static class JsonPart
{
    /// <returns>One line per difference, with its path.</returns>
    public static IEnumerable<string> Differences(JsonNode? expected, JsonNode? actual, string path, Func<string, JsonNode?, JsonNode?, IEnumerable<string>?> special)
    {
        if (special(path, expected, actual) is { } own)
            return own;
        return (expected, actual) switch
        {
            (JsonObject want, JsonObject have) => want.SelectMany(member => Differences(member.Value, have[member.Key], $"{path}.{member.Key}", special)),
            (JsonArray want, JsonArray have) when want.Count == have.Count => want.SelectMany((item, index) => Differences(item, have[index], $"{path}[{index}]", special)),
            _ when JsonNode.DeepEquals(expected, actual) => [],
            _ => [$"{path}: expected {Text(expected)}, but it is {Text(actual)}"],
        };
    }

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";
}
