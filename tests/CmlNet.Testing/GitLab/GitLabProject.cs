using System.Collections.Concurrent;

namespace CmlNet.Testing.GitLab;

/// <summary>One project. Tests write to it while no requests run.</summary>
public sealed class GitLabProject(string path)
{
    private long _lastId = 500;

    public Lock Gate { get; } = new();

    /// <summary>Groups and name.</summary>
    public string Path { get; } = path;

    /// <summary>Notes in the order they were written.</summary>
    public List<GitLabNote> Notes { get; } = [];

    public List<GitLabMergeRequest> MergeRequests { get; } = [];

    public HashSet<int> Issues { get; } = [];

    public HashSet<string> Commits { get; } = new(StringComparer.Ordinal);

    /// <summary>Number to status.</summary>
    public Dictionary<long, string> Pipelines { get; } = [];

    /// <summary>Number to how often it was retried.</summary>
    public Dictionary<long, int> Jobs { get; } = [];

    /// <summary>The newest of each name and commit: state and description.</summary>
    public Dictionary<(string Sha, string Name), (string State, string Description)> Statuses { get; } = [];

    public ConcurrentQueue<(string Name, string MediaType, byte[] Content)> Uploads { get; } = new();

    /// <summary>Orders that a note gave by a line such as <c>/close</c>.</summary>
    public ConcurrentQueue<string> Orders { get; } = new();

    /// <summary>A bare clone that git commands talk to; null where there is none.</summary>
    public string? BareDirectory { get; set; }

    public long NextId() => Interlocked.Increment(ref _lastId);

    public GitLabMergeRequest AddMergeRequest(int iid, string sha, string source = "feature")
    {
        var added = new GitLabMergeRequest { Iid = iid, Sha = sha, Source = source, Target = "main" };
        MergeRequests.Add(added);
        return added;
    }

    public GitLabNote AddNote(string place, string body, string author = "olivaw")
    {
        var note = new GitLabNote { Id = NextId(), Place = place, Body = body, Author = author, CreatedAt = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) };
        Notes.Add(note);
        return note;
    }
}
