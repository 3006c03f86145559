namespace CmlNet.Reports.Html.Markdown;

/// <summary>Decides what a page shows for each image of a text, so that opening the page asks nobody for anything.</summary>
public interface IMarkdownImages
{
    /// <summary>What stands for this image.</summary>
    /// <param name="reference">The address as written, hostile: any scheme, relative, or rubbish.</param>
    MarkdownImage Resolve(string reference);
}
