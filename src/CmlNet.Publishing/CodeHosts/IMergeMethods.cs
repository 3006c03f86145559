namespace CmlNet.Publishing.CodeHosts;

/// <summary>A code host that does not merge in every way.</summary>
internal interface IMergeMethods
{
    /// <summary>Why the host cannot merge like this, and what to do instead; <see langword="null"/> where it can.</summary>
    /// <param name="method">How.</param>
    string? Refusal(MergeMethod method);
}
