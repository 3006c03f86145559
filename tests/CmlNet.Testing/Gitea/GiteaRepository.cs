namespace CmlNet.Testing.Gitea;

/// <summary>One repository. Tests write to it while no requests run.</summary>
public sealed class GiteaRepository(string owner, string name)
{
    private long _lastId = 700;

    public Lock Gate { get; } = new();

    public string Owner { get; } = owner;

    public string Name { get; } = name;

    /// <summary>Comments in the order they were written.</summary>
    public List<GiteaComment> Comments { get; } = [];

    public List<GiteaPullRequest> PullRequests { get; } = [];

    public HashSet<int> Issues { get; } = [];

    public HashSet<string> Commits { get; } = new(StringComparer.Ordinal);

    /// <summary>The newest of each commit and context.</summary>
    public Dictionary<(string Sha, string Context), string> Statuses { get; } = [];

    /// <summary>A bare clone that git commands talk to; null where there is none.</summary>
    public string? BareDirectory { get; set; }

    public long NextId() => Interlocked.Increment(ref _lastId);

    public GiteaPullRequest AddPullRequest(int number, string sha, string head = "feature")
    {
        var added = new GiteaPullRequest { Number = number, Sha = sha, Head = head, Base = "main" };
        PullRequests.Add(added);
        return added;
    }

    public GiteaComment AddComment(int issue, string body, string author = "olivaw")
    {
        var comment = new GiteaComment { Id = NextId(), Issue = issue, Body = body, Author = author, CreatedAt = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) };
        Comments.Add(comment);
        return comment;
    }
}
