namespace CmlNet.Workflows.Actions.Results.Wire;

/// <summary>The fields of all answers; absent ones are not written. 64-bit numbers are strings there.</summary>
internal sealed record ResultsAnswer
{
    public bool? Ok { get; init; }

    public string? SignedUploadUrl { get; init; }

    public string? SignedDownloadUrl { get; init; }

    public string? SignedUrl { get; init; }

    public string? ArtifactId { get; init; }

    public string? EntryId { get; init; }

    public string? MatchedKey { get; init; }

    public IReadOnlyList<ListedArtifact>? Artifacts { get; init; }

    /// <summary>Of an error (Twirp): its kind.</summary>
    public string? Code { get; init; }

    /// <summary>Of an error (Twirp): what people read.</summary>
    public string? Msg { get; init; }
}
