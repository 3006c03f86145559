namespace CmlNet.Runner.Configuration;

/// <summary>Who the daemon is to GitHub: an App's installation, or a personal access token.</summary>
internal sealed record Authentication
{
    /// <summary>Client id (or the older numeric id) of the App; null with a token.</summary>
    public string? ClientId { get; init; }

    public long InstallationId { get; init; }

    /// <summary>The App's private key, PEM.</summary>
    public SecretReference? PrivateKey { get; init; }

    public SecretReference? Token { get; init; }

    public bool IsApp => ClientId is not null;
}
