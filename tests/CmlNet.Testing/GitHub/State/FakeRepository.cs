namespace CmlNet.Testing.GitHub.State;

/// <summary>One repository. Tests write to it under <see cref="Gate"/> only while requests run.</summary>
public sealed class FakeRepository(string owner, string name)
{
    private long _lastId = 1000;

    public Lock Gate { get; } = new();

    public string Owner { get; } = owner;

    public string Name { get; } = name;

    public string FullName => $"{Owner}/{Name}";

    public bool IsPrivate { get; set; }

    /// <summary>Comments in the order they were written, on issues, pull requests and commits.</summary>
    public List<FakeComment> Comments { get; } = [];

    public List<FakePullRequest> PullRequests { get; } = [];

    /// <summary>Numbers of plain issues.</summary>
    public HashSet<int> Issues { get; } = [];

    /// <summary>Commits there are, beside those of pull requests.</summary>
    public HashSet<string> Commits { get; } = new(StringComparer.Ordinal);

    public List<FakeRun> Runs { get; } = [];

    /// <summary>A bare clone that git commands talk to at <c>/{owner}/{name}.git</c>; null where there is none.</summary>
    public string? BareDirectory { get; set; }

    /// <summary>GitHub's answer to turning on auto-merge; null where it can be.</summary>
    public string? AutoMergeRefusal { get; set; }

    public List<FakeCheckRun> CheckRuns { get; } = [];

    public List<FakeStatus> Statuses { get; } = [];

    /// <summary>Tag of a release to its files.</summary>
    public Dictionary<string, Dictionary<string, byte[]>> Releases { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of files of releases whose upload failed in the middle.</summary>
    public HashSet<string> HalfUploaded { get; } = new(StringComparer.Ordinal);

    public FakeGitObjects Git { get; } = new();

    public long NextId() => Interlocked.Increment(ref _lastId);

    public FakePullRequest AddPullRequest(int number, string headSha, string headRef = "feature")
    {
        var pullRequest = new FakePullRequest { Number = number, HeadRef = headRef, HeadSha = headSha };
        PullRequests.Add(pullRequest);
        return pullRequest;
    }

    public FakeComment AddComment(int issue, string body, string author = "octocat")
    {
        DateTimeOffset written = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var comment = new FakeComment { Id = NextId(), Author = author, Body = body, Issue = issue, CreatedAt = written, UpdatedAt = written };
        Comments.Add(comment);
        return comment;
    }

    public bool HasCommit(string sha) =>
        Commits.Contains(sha) || Git.Commits.ContainsKey(sha) || PullRequests.Exists(p => p.HeadSha == sha || p.Commits.Contains(sha));

    public bool HasIssue(int number) => Issues.Contains(number) || PullRequests.Exists(p => p.Number == number);
}
