namespace CmlNet.Publishing.Detection;

/// <summary>What a GitHub App proves itself with.</summary>
/// <param name="AppId">Its number or client id.</param>
/// <param name="PrivateKey">Its private key, as PEM. Not part of <see cref="ToString"/>.</param>
public sealed record GitHubAppKey(string AppId, string PrivateKey)
{
    /// <summary>The key without what is secret.</summary>
    public override string ToString() => $"GitHub App {AppId}";
}
