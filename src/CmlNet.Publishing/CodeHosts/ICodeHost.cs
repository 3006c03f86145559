namespace CmlNet.Publishing.CodeHosts;

/// <summary>
/// A place that shows reports: GitHub, or a directory. What it can do beyond having a name it says by also implementing
/// <see cref="ICommentHost"/>, <see cref="ICheckHost"/> or <see cref="ICommitPullRequests"/>.
/// </summary>
public interface ICodeHost : IDisposable
{
    /// <summary>The name it is chosen by, e.g. <c>github</c>.</summary>
    string Name { get; }

    /// <summary>The capability, or an exception that says which host lacks it, before anything is sent.</summary>
    /// <typeparam name="TCapability">One of the capability interfaces beside this one.</typeparam>
    /// <param name="what">What the capability is called in the message, e.g. <c>check runs</c>.</param>
    /// <exception cref="PublishingException">The host lacks it.</exception>
    TCapability Require<TCapability>(string what)
        where TCapability : class =>
        this as TCapability ?? throw new PublishingException($"the code host '{Name}' does not support {what}");
}
