namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>What came of moving a reference.</summary>
internal enum ReferenceMove
{
    Done,

    /// <summary>Somebody else was faster: what they left has to be read first.</summary>
    Overtaken,

    /// <summary>The repository's rules do not allow such a reference.</summary>
    Refused,
}
