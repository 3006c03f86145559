namespace CmlNet.Publishing.Http;

/// <summary>Where the token for a call comes from.</summary>
internal interface ITokenSource
{
    /// <summary>A token that is good for a while yet.</summary>
    /// <exception cref="PublishingException">None can be had.</exception>
    ValueTask<string> GetAsync(CancellationToken cancellationToken);
}
