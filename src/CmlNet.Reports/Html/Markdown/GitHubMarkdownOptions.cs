namespace CmlNet.Reports.Html.Markdown;

/// <summary>How one Markdown text becomes HTML.</summary>
public sealed record GitHubMarkdownOptions
{
    /// <summary>Put before every id. Differs per text where several share a page, so that their footnotes stay apart.</summary>
    public string IdPrefix { get; init; } = "user-content-";

    /// <summary>A line end is a line break, as in GitHub's comments (the default) and unlike its files.</summary>
    public bool HardLineBreaks { get; init; } = true;

    /// <summary>Where images come from; null leaves their addresses as GitHub would have them (http, https, relative).</summary>
    public IMarkdownImages? Images { get; init; }
}
