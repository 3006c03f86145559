namespace CmlNet.Cli.Commands.Run;

/// <summary>The arguments of <c>cml run</c> as given.</summary>
internal sealed record RunOptions
{
    public string? WorkflowFile { get; init; }

    public string? Job { get; init; }

    public string? Event { get; init; }

    public string? EventFile { get; init; }

    public string Engine { get; init; } = "auto";

    public IReadOnlyList<string> Images { get; init; } = [];

    public IReadOnlyList<string> Secrets { get; init; } = [];

    public string? SecretFile { get; init; }

    public IReadOnlyList<string> Variables { get; init; } = [];

    public IReadOnlyList<string> Inputs { get; init; } = [];

    public IReadOnlyList<string> Environment { get; init; } = [];

    public IReadOnlyList<string> Actions { get; init; } = [];

    public string? Gpus { get; init; }

    public string? OutDirectory { get; init; }

    public bool Bind { get; init; }

    public bool Publish { get; init; }

    public bool Plan { get; init; }

    public bool Json { get; init; }
}
