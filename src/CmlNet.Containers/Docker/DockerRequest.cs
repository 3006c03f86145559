namespace CmlNet.Containers.Docker;

/// <summary>One call of the Engine API.</summary>
internal sealed record DockerRequest
{
    public required HttpMethod Method { get; init; }

    /// <summary>Path below the version, e.g. <c>/containers/create</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What is being done, in words, for the error message: <c>start container job-1</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>Query parameters, not yet escaped.</summary>
    public IReadOnlyList<(string Name, string Value)> Query { get; init; } = [];

    public byte[]? Json { get; init; }

    /// <summary>An archive as the body; read from where it stands.</summary>
    public Stream? Tar { get; init; }

    /// <summary>Base64url of the credentials for the registry; never logged.</summary>
    public string? RegistryAuth { get; init; }

    /// <summary>Ask for the raw connection after the answer's headers.</summary>
    public bool Upgrade { get; init; }

    /// <summary>How long the answer's headers may take; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
