namespace CmlNet.Containers.Docker.Wire;

internal sealed record ExecCreateRequest
{
    public bool AttachStdout { get; init; } = true;

    public bool AttachStderr { get; init; } = true;

    public bool Tty { get; init; }

    public required IReadOnlyList<string> Cmd { get; init; }

    public IReadOnlyList<string>? Env { get; init; }

    public string? WorkingDir { get; init; }

    public string? User { get; init; }
}

internal sealed record ExecStartRequest
{
    public bool Detach { get; init; }

    public bool Tty { get; init; }
}

internal sealed record ExecInspect
{
    public bool Running { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>Process id as the engine's machine sees it; 0 when the program could not be started.</summary>
    public int Pid { get; init; }
}
