using System.Globalization;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Detection;

namespace CmlNet.Publishing.Comments;

/// <summary>Turns <c>--target</c> into the one place a comment goes to, by CML's rules.</summary>
public static class CommentTarget
{
    /// <summary>Resolves a target.</summary>
    /// <param name="target"><c>auto</c>, <c>pr</c>, <c>commit</c>, <c>pr/&lt;n&gt;</c>, <c>issue/&lt;n&gt;</c> or <c>commit/&lt;sha&gt;</c>.</param>
    /// <param name="context">What the run knows of its commit and pull request.</param>
    /// <param name="host">Asked which pull requests hold the commit, where it can tell and the run does not.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">The target cannot be read, or names what is not there.</exception>
    public static async Task<CommentPlace> ResolveAsync(string target, PublishingContext context, ICodeHost host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(context);
        switch (target.ToLowerInvariant())
        {
            case "commit":
                return new CommentPlace(CommentSurface.Commit, ShaOf(context));
            case "auto" or "pr":
                if (await PullRequestAsync(context, host, cancellationToken) is { } number)
                    return new CommentPlace(CommentSurface.PullRequest, number.ToString(CultureInfo.InvariantCulture));
                // A directory knows no pull requests; a rehearsal on a branch should not fail for that.
                return target.Equals("auto", StringComparison.OrdinalIgnoreCase) || context.Driver == "local"
                    ? new CommentPlace(CommentSurface.Commit, ShaOf(context))
                    : throw new PublishingException($"PR for commit sha \"{context.Sha}\" not found");
            default:
                return Explicit(target);
        }
    }

    /// <summary>Says what is wrong with a target that nothing need be asked for.</summary>
    /// <exception cref="PublishingException">The target cannot be read.</exception>
    internal static void RequireReadable(string target)
    {
        if (target.ToLowerInvariant() is not ("commit" or "auto" or "pr"))
            Explicit(target);
    }

    private static async Task<int?> PullRequestAsync(PublishingContext context, ICodeHost host, CancellationToken cancellationToken)
    {
        if (context.PullRequest is { } known)
            return known;
        if (host is not ICommitPullRequests pullRequests)
            return null;
        IReadOnlyList<int> open = await pullRequests.FindOpenPullRequestsAsync(ShaOf(context), cancellationToken);
        return open.Count > 0 ? open[0] : null;
    }

    private static CommentPlace Explicit(string target)
    {
        int slash = target.IndexOf('/', StringComparison.Ordinal);
        string id = slash < 0 ? "" : target[(slash + 1)..];
        if (slash < 0 || id.Length == 0)
            throw new PublishingException($"Failed to parse comment --target=\"{target}\"; expected commit, pr, commit/<sha>, pr/<number> or issue/<number>");
        CommentSurface surface = target[..slash].ToLowerInvariant() switch
        {
            "commit" => CommentSurface.Commit,
            "pr" => CommentSurface.PullRequest,
            "issue" => CommentSurface.Issue,
            _ => throw new PublishingException($"unsupported comment target \"{target}\"; expected commit, pr, commit/<sha>, pr/<number> or issue/<number>"),
        };
        if (surface != CommentSurface.Commit && !(int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0))
            throw new PublishingException($"Failed to parse comment --target=\"{target}\"; '{id}' is not a number");
        return new CommentPlace(surface, id);
    }

    private static string ShaOf(PublishingContext context) =>
        context.Sha ?? throw new PublishingException("the commit is not known: neither GITHUB_SHA nor a git repository tells. Pass --target=pr/<number> or --target=commit/<sha>.");
}
