namespace CmlNet.Publishing.Http;

/// <summary>Answers that name another address: where a renamed or moved repository is now.</summary>
internal static class Redirection
{
    public const int Most = 5;

    /// <summary>The address to ask, with the same method, as GitHub wants it; <see langword="null"/> where the answer names none that may be asked.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="at">What was asked.</param>
    /// <param name="isSecret">The request holds a token or a signature, which goes to its own server only.</param>
    public static Uri? Target(HttpResponseMessage reply, Uri at, bool isSecret)
    {
        if ((int)reply.StatusCode is not (301 or 302 or 307 or 308) || reply.Headers.Location is not { } location)
            return null;
        var next = new Uri(at, location);
        bool isSafe = next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && at.Scheme == Uri.UriSchemeHttp);
        bool isUpgraded = at.IsDefaultPort && next.IsDefaultPort;
        bool isSameServer = next.Host == at.Host && (next.Port == at.Port || isUpgraded);
        return isSafe && (isSameServer || !isSecret) ? next : null;
    }
}
