namespace CmlNet.Reports.Html.RunPage;

/// <summary>A file of a run.</summary>
/// <param name="RelativePath">From the page, with forward slashes.</param>
/// <param name="Content">Its bytes, or null when it is too large to be in the page.</param>
public sealed record RunAsset(string RelativePath, byte[]? Content);
