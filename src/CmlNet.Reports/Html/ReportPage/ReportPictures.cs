using CmlNet.Reports.Html.RunPage;
using CmlNet.Reports.Model;

namespace CmlNet.Reports.Html.ReportPage;

/// <summary>Pictures as data inside the page, beside the baseline's where there is one; too many bytes become a sentence.</summary>
internal sealed class ReportPictures
{
    private const long LargestPicture = 25 * 1024 * 1024;
    private const long LargestTotal = 60 * 1024 * 1024;
    private long _used;

    public void Write(PageWriter page, ImageBlock image)
    {
        string? now = Read(image.FullPath), before = image.Baseline is { } old ? Inline(old) : null;
        page.Line(before is not null && now is not null ? "<figure class=\"image\"><div class=\"compare\">" : "<figure class=\"image\">");
        if (before is not null && now is not null)
            page.Raw($"<img class=\"before\" src=\"{before}\" alt=\"").Text($"{image.AlternativeText} in the baseline").Line("\">");
        if (now is not null)
            page.Raw($"<img{(before is null ? "" : " class=\"after\"")} src=\"{now}\" alt=\"").Text(image.AlternativeText).Line("\">");
        if (before is not null && now is not null)
            page.Line("</div>");
        page.Raw("<figcaption>").Text(now is null ? $"{image.AlternativeText}: not shown; it is gone, no picture, or too large for the page" : before is null ? image.AlternativeText : $"{image.AlternativeText}: baseline left, this run right").Line("</figcaption>").Line("</figure>");
    }

    private string? Read(string path)
    {
        try
        {
            var info = new FileInfo(path);
            return info.Exists && info.Length <= LargestPicture ? Inline(File.ReadAllBytes(path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // said in its place
        }
    }

    private string? Inline(ReadOnlyMemory<byte> content)
    {
        if (_used + content.Length > LargestTotal || ImageFormat.MediaType(content.Span) is not { } type)
            return null;
        _used += content.Length;
        return $"data:{type};base64,{Convert.ToBase64String(content.Span)}";
    }
}
