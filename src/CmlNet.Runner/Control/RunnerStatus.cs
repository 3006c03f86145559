namespace CmlNet.Runner.Control;

internal sealed record RunnerStatus
{
    public required string Name { get; init; }

    public required string Pool { get; init; }

    public required string State { get; init; }

    public required IReadOnlyList<string> Gpus { get; init; }

    public required DateTimeOffset Since { get; init; }

    public string? Job { get; init; }

    public string? Repository { get; init; }
}
