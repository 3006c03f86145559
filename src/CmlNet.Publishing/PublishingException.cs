using System.Net;

namespace CmlNet.Publishing;

/// <summary>A failure that the caller can do something about: bad configuration, a refused request, an unreachable host.</summary>
/// <remarks>The message says what was tried, on what, and what to do next. It never holds a token.</remarks>
public sealed class PublishingException : Exception
{
    /// <summary>A failure without a reply from a server.</summary>
    /// <param name="message">What was tried, on what, and what to do next.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public PublishingException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>A failure with a reply from a server.</summary>
    /// <param name="message">What was tried, on what, and what to do next.</param>
    /// <param name="status">The HTTP status of the reply.</param>
    public PublishingException(string message, HttpStatusCode status)
        : base(message) => Status = status;

    /// <summary>The HTTP status of the reply that caused the failure; <see langword="null"/> where no reply did.</summary>
    public HttpStatusCode? Status { get; }
}
