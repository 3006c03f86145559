using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Detection;
using CmlNet.Publishing.Git;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.PullRequests;

/// <summary>Commits changed files to a branch of their own, pushes it, and opens a pull request; once for each commit, however often it is called.</summary>
/// <remarks>Leaves the work tree on the new branch, as CML does. The token reaches no file, no argument and no process but git's own fetch and push.</remarks>
public sealed class PullRequestPublisher
{
    private const int ShortSha = 8;

    private readonly ICodeHost _host;
    private readonly PublishingContext _context;
    private readonly GitCommand _git;
    private readonly ILogger _logger;

    internal PullRequestPublisher(ICodeHost host, PublishingContext context, GitCommand git, ILogger logger)
    {
        _host = host;
        _context = context;
        _git = git;
        _logger = logger;
    }

    /// <summary>Opens the pull request, or finds the one opened before.</summary>
    /// <param name="request">What to offer.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The pull request; <see langword="null"/> where there is nothing to do.</returns>
    /// <exception cref="PublishingException">git or the host refused; the message says what.</exception>
    public async Task<PullRequest?> PublishAsync(PullRequestRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        IPullRequestHost host = _host.Require<IPullRequestHost>("pull requests");
        if (request.Merge is { } method && (_host as IMergeMethods)?.Refusal(method) is { } refusal)
            throw new PublishingException(refusal);
        await new RepositoryPreparer(_context, _git, _logger).SetIdentityAsync(request.Identity, cancellationToken);
        IReadOnlyList<string> files = await ChangedFilesAsync(request, cancellationToken);
        if (request.Paths.Count > 0 && files.Count == 0)
            return null;
        string sha = _context.Sha ?? throw new PublishingException("the commit is not known: run in a git work tree, or set GITHUB_SHA");
        GitRemote remote = await _git.RemoteAsync(request.Remote, cancellationToken);
        string target = request.TargetBranch ?? _context.Branch ?? await _git.RunAsync(["rev-parse", "--abbrev-ref", "HEAD"], cancellationToken);
        string source = request.Branch ?? $"{target}-cml-pr-{Short(sha)}";
        await CheckNamesAsync([target, source], cancellationToken);
        string known = await _git.RunAsync(["ls-remote", "--heads", remote.Address, "refs/heads/" + target, "refs/heads/" + source], cancellationToken, remote: remote);
        if (!IsListed(known, target))
            throw new PublishingException($"The target branch does not exist. '{target}' is no branch of {_context.Repository}; pass --target-branch.");
        if (IsListed(known, source))
        {
            Log.BranchExists(_logger, source);
            if (await host.FindPullRequestAsync(source, target, cancellationToken) is { } open)
                return open;
        }
        else
        {
            await PushAsync(request, files, new Branches(source, target, sha, remote), cancellationToken);
        }

        return await OpenAsync(host, request, source, target, sha, cancellationToken);
    }

    private static string Short(string sha) => sha.Length > ShortSha ? sha[..ShortSha] : sha;

    private static bool IsListed(string listing, string branch) => listing.Split('\n').Any(line => line.EndsWith("\trefs/heads/" + branch, StringComparison.Ordinal));

    private async Task<IReadOnlyList<string>> ChangedFilesAsync(PullRequestRequest request, CancellationToken cancellationToken)
    {
        if (request.Paths.Count == 0)
            return [];
        IReadOnlyList<string> files = await GitChanges.ListAsync(_git, Pathspecs.From(request.Paths), cancellationToken);
        if (files.Count > 0)
            return files;
        bool isClean = (await GitChanges.ListAsync(_git, [":/"], cancellationToken)).Count == 0;
        Log.NothingToDo(_logger, isClean ? "No changed files matched by glob path." : "Input files are not affected.");
        return files;
    }

    /// <summary>Names come from options and from the event; git is asked before it gets to see one as an argument.</summary>
    private async Task CheckNamesAsync(IReadOnlyList<string> branches, CancellationToken cancellationToken)
    {
        foreach (string branch in branches)
        {
            if (branch.StartsWith('-') || !(await _git.TryAsync(["check-ref-format", "refs/heads/" + branch], cancellationToken)).IsSuccess)
                throw new PublishingException($"'{branch}' cannot be the name of a branch");
        }
    }

    private async Task PushAsync(PullRequestRequest request, IReadOnlyList<string> files, Branches branches, CancellationToken cancellationToken)
    {
        if (files.Count > 0)
        {
            if (!(await _git.TryAsync(["cat-file", "-e", branches.Sha + "^{commit}"], cancellationToken)).IsSuccess)
                await _git.ChangeAsync(["fetch", branches.Remote.Address, branches.Sha], cancellationToken, remote: branches.Remote);
            await _git.ChangeAsync(["checkout", "-B", branches.Target, branches.Sha, "--"], cancellationToken);
        }

        await _git.ChangeAsync(["checkout", "-B", branches.Source, "--"], cancellationToken);
        if (files.Count > 0)
        {
            string top = await _git.RunAsync(["rev-parse", "--show-toplevel"], cancellationToken);
            // Deleted files are staged too, which CML forgets.
            await _git.ChangeAsync(["-C", top, "--literal-pathspecs", "add", "--all", "--pathspec-from-file=-", "--pathspec-file-nul"], cancellationToken, input: string.Join('\0', files));
            await _git.ChangeAsync(["commit", "--message", MessageOf(request, branches.Sha)], cancellationToken);
        }

        await _git.ChangeAsync(["push", "--no-verify", branches.Remote.Address, $"HEAD:refs/heads/{branches.Source}"], cancellationToken, remote: branches.Remote);
        await _git.ChangeAsync(["config", $"branch.{branches.Source}.remote", branches.Remote.Name], cancellationToken);
        await _git.ChangeAsync(["config", $"branch.{branches.Source}.merge", "refs/heads/" + branches.Source], cancellationToken);
    }

    private static string MessageOf(PullRequestRequest request, string sha) => (request.Message ?? $"CML PR for {Short(sha)}") + (IsCiSkipped(request) ? " [skip ci]" : "");

    private static bool IsCiSkipped(PullRequestRequest request) => request.IsCiSkipped || (request.Message is null && request.Merge is null);

    private async Task<PullRequest> OpenAsync(IPullRequestHost host, PullRequestRequest request, string source, string target, string sha, CancellationToken cancellationToken)
    {
        PullRequest opened = await host.CreatePullRequestAsync(
            new NewPullRequest
            {
                Source = source,
                Target = target,
                Title = request.Title ?? $"CML PR for {target} {Short(sha)}",
                // The spaces at the end are CML's.
                Body = request.Body ?? $"\nAutomated commits for {_context.Repository}/commit/{sha} created by CML.\n      ",
                IsCiSkipped = IsCiSkipped(request),
            },
            cancellationToken);
        if (request.Merge is { } method && await host.MergePullRequestAsync(opened, method, cancellationToken) is { } reason)
            Log.MergedAtOnce(_logger, opened.Url, reason);
        return opened;
    }

    private sealed record Branches(string Source, string Target, string Sha, GitRemote Remote);
}
