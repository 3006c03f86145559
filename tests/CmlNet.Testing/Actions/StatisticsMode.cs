namespace CmlNet.Testing.Actions;

public enum StatisticsMode
{
    True,

    /// <summary>Nothing in the envelope and the session.</summary>
    Absent,

    /// <summary>All zero, whatever is going on.</summary>
    Zero,

    /// <summary>More assigned jobs than there are, for ever.</summary>
    Stuck,
}
