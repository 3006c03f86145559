namespace CmlNet.Testing.Actions;

/// <summary>How the service misbehaves; each switch is a failure that was seen on the real one.</summary>
public sealed class ActionsBehavior
{
    /// <summary>How long a poll waits for a message before it answers 202.</summary>
    public TimeSpan PollTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A job that no runner has taken for so long goes back into the queue.</summary>
    public TimeSpan AssignTimeout { get; set; } = TimeSpan.FromMinutes(5);

    public TimeSpan AdminTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    public TimeSpan QueueTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Added to the clock in tokens.</summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>Answers of the Actions service begin with a byte order mark.</summary>
    public bool HasByteOrderMark { get; set; }

    /// <summary>So many of the next polls get 200 and no body.</summary>
    public int EmptyPolls { get; set; }

    public StatisticsMode Statistics { get; set; }

    /// <summary>Every inner message is sent twice.</summary>
    public bool DuplicatesMessages { get; set; }

    /// <summary>Inner messages of an envelope are sent last first.</summary>
    public bool ReversesMessages { get; set; }

    /// <summary>Of the jobs that an idle runner may have, it gets the one that was queued last.</summary>
    public bool GivesNewestFirst { get; set; }

    /// <summary>Inner messages of that type are kept back for as long as it stands here.</summary>
    public string? Withheld { get; set; }

    /// <summary>JobCompleted says nothing of the runner.</summary>
    public bool CompletesWithoutRunner { get; set; }

    /// <summary>Opening a session over one that is active is refused.</summary>
    public bool RefusesSecondSession { get; set; } = true;

    /// <summary>What the REST API says is left of the hour's calls.</summary>
    public int RemainingCalls { get; set; } = 4000;

    /// <summary>So many entries a page of the REST API has at most.</summary>
    public int LargestPage { get; set; } = 100;

    /// <summary>A session that nobody has polled for so long is gone; null for never.</summary>
    public TimeSpan? SessionPatience { get; set; }
}
