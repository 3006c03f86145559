namespace CmlNet.Runner.Configuration;

/// <summary>The status page and metrics.</summary>
internal sealed record WebConfiguration
{
    public required ListenAddress Listen { get; init; }

    /// <summary>Who has it may drain and resume, and see anything at all when the page is not on loopback.</summary>
    public SecretReference? Token { get; init; }
}
