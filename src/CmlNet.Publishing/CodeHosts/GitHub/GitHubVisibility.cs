namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>Whether everybody may see the repository; asked once.</summary>
internal sealed class GitHubVisibility(GitHubApi api)
{
    private bool? _isPrivate;

    /// <summary>True for internal ones too, and where GitHub does not tell.</summary>
    /// <exception cref="PublishingException">The repository cannot be read.</exception>
    public async ValueTask<bool> IsPrivateAsync(CancellationToken cancellationToken) =>
        _isPrivate ??= (await api.GetAsync(api.RepositoryPath, GitHubWire.Default.RepositoryReply, "metadata: read", cancellationToken)).Private ?? true;
}
