namespace CmlNet.Runner.Configuration;

internal enum SecretKind
{
    /// <summary>An environment variable of the daemon.</summary>
    Variable,

    /// <summary>A file that only the daemon's user can read.</summary>
    File,

    /// <summary>What systemd hands over with LoadCredential= or LoadCredentialEncrypted=.</summary>
    Credential,
}
