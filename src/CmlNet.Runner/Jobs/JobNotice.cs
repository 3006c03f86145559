namespace CmlNet.Runner.Jobs;

/// <summary>Something that happened to a job.</summary>
internal sealed record JobNotice
{
    public required JobStage Stage { get; init; }

    /// <summary>The code host's number for this request of a job; the same for every notice of it.</summary>
    public required long RequestId { get; init; }

    public string Owner { get; init; } = "";

    public string Repository { get; init; } = "";

    public string JobId { get; init; } = "";

    public string Name { get; init; } = "";

    public string Workflow { get; init; } = "";

    public long RunId { get; init; }

    public string Event { get; init; } = "";

    public IReadOnlyList<string> Labels { get; init; } = [];

    public DateTimeOffset? Queued { get; init; }

    /// <summary>Empty when the job never had a runner.</summary>
    public string RunnerName { get; init; } = "";

    public long RunnerId { get; init; }

    /// <summary>Set with <see cref="JobStage.Completed"/>.</summary>
    public string? Result { get; init; }
}
