namespace CmlNet.Runner.Jobs.GitHub;

/// <summary>One call.</summary>
internal sealed record GitHubRequest
{
    public required HttpMethod Method { get; init; }

    public required Uri Address { get; init; }

    /// <summary>What is being done, for the error message: <c>open a session</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>Scheme and credential; never logged.</summary>
    public required string Authorization { get; init; }

    public string Accept { get; init; } = "application/json";

    public string ContentType { get; init; } = "application/json";

    public byte[]? Body { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Repeated after 429, 5xx and broken connections. Not for polls, whose loop repeats them anyhow.</summary>
    public bool IsRetried { get; init; } = true;

    /// <summary>401 and 403 are repeated too: a fresh registration token may not be known everywhere at once.</summary>
    public bool RetriesRefusals { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
}
