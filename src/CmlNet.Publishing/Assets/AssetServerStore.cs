using System.Text;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.Assets;

/// <summary>An asset server as CML defined it: POST of the raw bytes, answered by the file's URL as plain text.</summary>
/// <remarks>
/// The URL then gets <c>?cml=&lt;media subtype&gt;&amp;cache-bypass=&lt;uuid&gt;</c>; <paramref name="isMarked"/> false leaves out the first.
/// CML's UUID is random, so that each update changes the comment; this one tells the content, and the same report is the same comment.
/// </remarks>
internal sealed class AssetServerStore(ApiClient client, Uri address, bool isMarked) : IAssetStore
{
    private const int LongestUrl = 4096;

    public string Name => "server";

    public async Task<string> StoreAsync(Asset asset, CancellationToken cancellationToken = default)
    {
        ApiResponse response = await client.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Post,
                Path = address.AbsoluteUri,
                Body = asset.Content,
                ContentType = asset.MediaType,
                Headers = [new("Content-Disposition", $"inline; filename=\"{HeaderName(asset.FileName)}\"")],
                IsParallel = true,
                Rehearsed = Encoding.UTF8.GetBytes(new Uri(address, Uri.EscapeDataString(asset.FileName)).AbsoluteUri),
                // Content-addressed: the same bytes sent twice are one file, so the call may be repeated.
                ReadBack = static _ => Task.FromResult<ApiResponse?>(null),
            },
            cancellationToken);
        return Decorate(UrlIn(response), asset);
    }

    private Uri UrlIn(ApiResponse response)
    {
        string text = response.Body.Length > LongestUrl ? "" : Encoding.UTF8.GetString(response.Body.Span).Trim();
        if (text.Length == 0)
            throw new PublishingException($"the asset server {address.Authority} answered {(int)response.Status} without the file's URL. Check that the address is an asset server's.");
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
            throw new PublishingException($"the asset server {address.Authority} answered something that is not a URL. Check that the address is an asset server's.");
        return url;
    }

    private string Decorate(Uri url, Asset asset)
    {
        string subtype = asset.MediaType.Split(';')[0].Split('/')[^1].Trim();
        string parameters = (isMarked ? $"cml={Uri.EscapeDataString(subtype)}&" : "") + $"cache-bypass={ContentStamp.Of(asset.Content.Span):D}";
        string bare = url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        return bare + (url.Query.Length > 1 ? "&" : "?") + parameters + url.Fragment;
    }

    private static string HeaderName(string fileName) =>
        new([.. Path.GetFileName(fileName).Select(c => c is '"' or '\\' || char.IsControl(c) || c > 126 ? '_' : c)]);
}
