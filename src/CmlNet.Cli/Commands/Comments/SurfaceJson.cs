using System.Text.Json;
using System.Text.Json.Serialization;
using CmlNet.Publishing.Surfaces;

namespace CmlNet.Cli.Commands.Comments;

/// <summary>Results as one line of JSON: <c>{"url":…,"surfaces":[{"surface":"comment","url":…,"id":…,"change":"created"}]}</c>.</summary>
internal static partial class SurfaceJson
{
    public static string Render(IReadOnlyList<SurfaceResult> results)
    {
        SurfaceEntry[] entries = [.. results.Select(r => new SurfaceEntry(Word(r.Surface), r.Url, r.Id, r.Change is { } change ? Word(change) : null, r.Bundle, r.Failure))];
        string? url = entries.OrderByDescending(e => e.Surface == "comment").Select(e => e.Url).FirstOrDefault(u => u is not null);
        return JsonSerializer.Serialize(new SurfaceList(url, entries), SurfaceWire.Default.SurfaceList);
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private sealed record SurfaceList(string? Url, IReadOnlyList<SurfaceEntry> Surfaces);

    private sealed record SurfaceEntry(string Surface, string? Url, string? Id, string? Change, string? Bundle, string? Failure);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(SurfaceList))]
    private sealed partial class SurfaceWire : JsonSerializerContext;
}
