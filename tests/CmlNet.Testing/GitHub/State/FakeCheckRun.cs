using System.Text.Json.Nodes;

namespace CmlNet.Testing.GitHub.State;

public sealed class FakeCheckRun
{
    public required long Id { get; init; }

    public required string HeadSha { get; init; }

    public required string Name { get; set; }

    public string Status { get; set; } = "queued";

    public string? Conclusion { get; set; }

    public string? StartedAt { get; set; }

    public string? CompletedAt { get; set; }

    public string? ExternalId { get; set; }

    public string? DetailsUrl { get; set; }

    public JsonObject Output { get; set; } = [];

    /// <summary>Every one that was ever sent: updates add to them.</summary>
    public List<JsonObject> Annotations { get; } = [];

    public JsonArray Actions { get; set; } = [];
}
