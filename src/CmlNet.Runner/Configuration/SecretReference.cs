namespace CmlNet.Runner.Configuration;

/// <summary>Where a secret is kept: never the secret itself, so that a configuration can be printed and shared.</summary>
internal sealed record SecretReference(SecretKind Kind, string Name)
{
    // A private key has a few kilobytes.
    private const int LargestSecret = 64 * 1024;

    /// <summary>The secret, without spaces and line ends around it.</summary>
    /// <exception cref="RunnerConfigurationException">It is not there, or empty. The message names the place, never the content.</exception>
    public string Read(Func<string, string?> variable)
    {
        string? text = Kind switch
        {
            SecretKind.Variable => variable(Name) ?? throw Missing("the environment variable is not set"),
            SecretKind.Credential => ReadFile(Path.Combine(variable("CREDENTIALS_DIRECTORY") ?? throw Missing("CREDENTIALS_DIRECTORY is not set: the unit needs LoadCredential="), Name)),
            _ => ReadFile(Name),
        };
        return text.Trim() is { Length: > 0 } secret ? secret : throw Missing("it is empty");
    }

    public override string ToString() => Kind switch
    {
        SecretKind.Variable => $"environment variable {Name}",
        SecretKind.Credential => $"systemd credential {Name}",
        _ => $"file {Name}",
    };

    private string ReadFile(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestSecret ? File.ReadAllText(path) : throw Missing("it is larger than any secret");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Missing(exception is UnauthorizedAccessException ? "this user may not read it" : "it is not there");
        }
    }

    private RunnerConfigurationException Missing(string why) => new($"The secret in {this} cannot be read: {why}.");
}
