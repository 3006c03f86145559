namespace CmlNet.Testing.Actions.State;

/// <summary>A job of a workflow run, from queue to conclusion.</summary>
public sealed class FakeJob
{
    public required long RequestId { get; init; }

    public required string Name { get; init; }

    public required string Owner { get; init; }

    public required string Repository { get; init; }

    public required long RunId { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>What the runner is to execute: shell text.</summary>
    public string Script { get; init; } = "true";

    /// <summary>Done when a job that holds is to go on to its end.</summary>
    public TaskCompletionSource LetGo { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string JobId { get; } = Guid.NewGuid().ToString();

    public FakeJobState State { get; set; }

    public string? Result { get; set; }

    /// <summary>The agent that took it.</summary>
    public FakeAgent? Agent { get; set; }

    /// <summary>How often it was assigned and not taken in time.</summary>
    public int Cancels { get; set; }

    /// <summary>How often a runner began it; more than once is a defect of the client or of the fake.</summary>
    public int Starts { get; set; }

    public DateTimeOffset Queued { get; init; }

    public DateTimeOffset Assigned { get; set; }

    public DateTimeOffset Started { get; set; }

    public DateTimeOffset Finished { get; set; }
}
