namespace CmlNet.Publishing.CodeHosts;

/// <summary>A check run that is on the code host.</summary>
/// <param name="Id">The host's own identifier.</param>
/// <param name="Url">Where people see it: a URL, or a path relative to a local host's directory.</param>
public sealed record CheckReference(string Id, string Url);
