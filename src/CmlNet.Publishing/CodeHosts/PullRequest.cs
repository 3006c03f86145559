namespace CmlNet.Publishing.CodeHosts;

/// <summary>A pull request as the code host tells it.</summary>
public sealed record PullRequest
{
    /// <summary>Its number in the repository.</summary>
    public required int Number { get; init; }

    /// <summary>Where people see it.</summary>
    public required string Url { get; init; }

    /// <summary>The host's own identifier, where it has one beside the number.</summary>
    public string? NodeId { get; init; }
}
