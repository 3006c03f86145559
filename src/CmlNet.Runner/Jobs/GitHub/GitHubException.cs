using System.Net;

namespace CmlNet.Runner.Jobs.GitHub;

/// <summary>GitHub refused, or cannot be reached. The message says what was tried, the status and the request's id.</summary>
internal sealed class GitHubException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Null when there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>The Actions service's name for the failure, e.g. <c>AgentExistsException</c>; empty when it gave none.</summary>
    public string Type { get; init; } = "";

    /// <summary>When there are calls left again; null unless they are used up.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    public bool Is(string type) => Type.Contains(type, StringComparison.Ordinal);
}
