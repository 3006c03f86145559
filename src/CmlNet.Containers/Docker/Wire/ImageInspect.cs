using System.Text.Json.Serialization;

namespace CmlNet.Containers.Docker.Wire;

internal sealed record ImageInspect
{
    public required string Id { get; init; }

    public IReadOnlyList<string>? RepoDigests { get; init; }

    public string? Architecture { get; init; }

    public DateTimeOffset? Created { get; init; }

    public long Size { get; init; }

    public ImageConfig? Config { get; init; }
}

internal sealed record ImageConfig
{
    public string? User { get; init; }

    public IReadOnlyList<string>? Env { get; init; }
}

/// <summary>One line of the progress a pull streams.</summary>
internal sealed record PullEvent
{
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    [JsonPropertyName("progressDetail")]
    public PullProgressDetail? ProgressDetail { get; init; }
}

internal sealed record PullProgressDetail
{
    [JsonPropertyName("current")]
    public long? Current { get; init; }

    [JsonPropertyName("total")]
    public long? Total { get; init; }
}

internal sealed record RegistryAuth
{
    [JsonPropertyName("username")]
    public string? Username { get; init; }

    [JsonPropertyName("password")]
    public string? Password { get; init; }

    [JsonPropertyName("identitytoken")]
    public string? IdentityToken { get; init; }

    [JsonPropertyName("serveraddress")]
    public string? ServerAddress { get; init; }
}

/// <summary>The client's own <c>config.json</c>; only what is read of it.</summary>
internal sealed record ClientConfig
{
    [JsonPropertyName("auths")]
    public IReadOnlyDictionary<string, ClientAuth>? Auths { get; init; }

    [JsonPropertyName("credsStore")]
    public string? CredentialStore { get; init; }

    [JsonPropertyName("credHelpers")]
    public IReadOnlyDictionary<string, string>? CredentialHelpers { get; init; }
}

internal sealed record ClientAuth
{
    /// <summary>Base64 of <c>user:password</c>.</summary>
    [JsonPropertyName("auth")]
    public string? Auth { get; init; }

    [JsonPropertyName("identitytoken")]
    public string? IdentityToken { get; init; }
}
