namespace CmlNet.Testing.GitHub;

public enum FaultKind
{
    /// <summary>Answers with the fault's status and does nothing.</summary>
    StatusBeforeApplying,

    /// <summary>Does what was asked, and answers with the fault's status.</summary>
    StatusAfterApplying,

    /// <summary>Closes the connection and does nothing.</summary>
    ResetBeforeApplying,

    /// <summary>Does what was asked, and closes the connection.</summary>
    ResetAfterApplying,

    /// <summary>Does what was asked, and sends half of the answer.</summary>
    TruncatedAfterApplying,

    /// <summary>Does what was asked, and sends the answer's first byte and no more.</summary>
    Slow,

    /// <summary>Does nothing and never answers.</summary>
    Hang,
}
