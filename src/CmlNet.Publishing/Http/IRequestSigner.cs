namespace CmlNet.Publishing.Http;

/// <summary>Proves who sends a request by something other than a token: by what is in the request itself.</summary>
internal interface IRequestSigner
{
    /// <summary>Adds the proof to one attempt, which has all its other headers.</summary>
    /// <param name="message">The attempt.</param>
    /// <param name="body">Its body.</param>
    void Sign(HttpRequestMessage message, ReadOnlySpan<byte> body);

    /// <summary>Sees each answer, whose date is the server's clock.</summary>
    /// <param name="response">The answer.</param>
    void Observe(ApiResponse response);
}
