namespace CmlNet.Publishing.CodeHosts;

/// <summary>A code host that is sent something else than the body it is given.</summary>
internal interface ICommentForm
{
    /// <summary>The body as it is sent; of what was sent before, the same.</summary>
    string Sent(string body);
}
