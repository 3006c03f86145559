namespace CmlNet.Publishing.Git;

/// <summary>A remote as git commands take it.</summary>
/// <param name="Name">Its name, e.g. <c>origin</c>.</param>
/// <param name="Address">Where to fetch from and push to: an address without credentials, or the name where git's own configuration must do.</param>
/// <param name="Takes">The address to send the token to; null where the remote is not on the code host.</param>
internal sealed record GitRemote(string Name, string Address, Uri? Takes);
