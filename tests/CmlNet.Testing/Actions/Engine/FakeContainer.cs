using System.Text.Json.Nodes;

namespace CmlNet.Testing.Actions.Engine;

/// <summary>A container of <see cref="FakeEngine"/>: what it was made with, and how it is doing.</summary>
public sealed class FakeContainer
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The request that made it.</summary>
    public required JsonObject Request { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary><c>created</c>, <c>running</c> or <c>exited</c>.</summary>
    public string Status { get; set; } = "created";

    /// <summary>What was put into it to make its runner; empty before.</summary>
    public string JitConfiguration { get; set; } = "";

    /// <summary>What it writes.</summary>
    public string Log { get; set; } = "";

    public int ExitCode { get; set; }

    public TaskCompletionSource<int> Exit { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CancellationTokenSource Stop { get; } = new();

    /// <summary>UUIDs that its environment shows it.</summary>
    public IReadOnlyList<string> Gpus => [.. (Request["Env"] as JsonArray ?? [])
        .Select(variable => (string?)variable ?? "")
        .Where(variable => variable.StartsWith("NVIDIA_VISIBLE_DEVICES=", StringComparison.Ordinal))
        .SelectMany(variable => variable["NVIDIA_VISIBLE_DEVICES=".Length..].Split(','))
        .Where(uuid => uuid is not ("" or "void"))];
}
