namespace CmlNet.Runner.Configuration;

/// <summary>Where GitHub's deliveries come in.</summary>
internal sealed record WebhookConfiguration
{
    public required ListenAddress Listen { get; init; }

    public required SecretReference Secret { get; init; }
}
