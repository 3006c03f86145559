using System.Globalization;
using System.Net;
using CmlNet.Publishing.Assets;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>Removes the references of <see cref="GitHubRefStore"/> whose pull request is closed. Those of branches stay.</summary>
internal sealed class GitHubRefPruning(GitHubApi api) : IAssetPruning
{
    private const string Prefix = GitHubRefStore.Folder + "pr-";

    public async Task<IReadOnlyList<string>> PruneAsync(bool isRehearsal, CancellationToken cancellationToken = default)
    {
        var git = new GitObjects(api);
        var removed = new List<string>();
        foreach (string name in await git.ListReferencesAsync(Prefix, cancellationToken))
        {
            if (!int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || !await IsClosedAsync(number, cancellationToken))
                continue;
            if (!isRehearsal)
                await git.DeleteReferenceAsync(name, cancellationToken);
            removed.Add("refs/" + name);
        }

        return removed;
    }

    private async Task<bool> IsClosedAsync(int number, CancellationToken cancellationToken)
    {
        try
        {
            string path = FormattableString.Invariant($"{api.RepositoryPath}/pulls/{number}");
            return (await api.GetAsync(path, GitHubWire.Default.PullRequestReply, "pull-requests: read", cancellationToken)).State == "closed";
        }
        catch (PublishingException e) when (e.Status == HttpStatusCode.NotFound)
        {
            // Not a pull request that this token sees: not ours to judge.
            return false;
        }
    }
}
