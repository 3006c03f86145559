using CmlNet.Dvc.Revisions;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>The commits that <c>-a</c>, <c>-T</c> and <c>-A</c> mean wherever data is selected by them.</summary>
internal static class RevisionSets
{
    /// <summary>Full hashes; some may be there twice.</summary>
    public static IEnumerable<string> Of(GitRepository repository, bool branches, bool tags, bool commits) =>
    [
        .. branches ? repository.Tips("refs/heads", "refs/remotes") : [],
        .. tags ? repository.Tips("refs/tags") : [],
        .. commits ? repository.Commits("--all") : [],
    ];
}
