using System.Net;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.Assets.S3;

/// <summary>Objects of a bucket that readers may fetch without signing in, named by their SHA-256: who does not have a file finds no address.</summary>
/// <remarks>
/// Addresses are plain and not signed for a time: a signed one is good for seven days at most, and a comment is read for years.
/// The bucket's policy, or <c>CML_S3_ACL=public-read</c>, lets readers in.
/// </remarks>
internal sealed class S3AssetStore(ApiClient client, S3Signer signer, S3Bucket bucket) : IAssetStore
{
    private const int NameDigits = 64;
    private const string Advice = "Check CML_S3_BUCKET, CML_S3_ENDPOINT and AWS_REGION, and that AWS_ACCESS_KEY_ID may put objects there.";

    public string Name => "s3";

    public async Task<string> StoreAsync(Asset asset, CancellationToken cancellationToken = default)
    {
        string name = ContentNames.Of(asset, NameDigits);
        var request = new ApiRequest
        {
            Method = HttpMethod.Put,
            Path = new Uri(bucket.Objects, name).AbsoluteUri,
            Body = asset.Content,
            ContentType = asset.MediaType,
            Headers =
            [
                new("Cache-Control", "public, max-age=31536000, immutable"),
                .. bucket.AccessControl is { } access ? [new KeyValuePair<string, string>("x-amz-acl", access)] : Array.Empty<KeyValuePair<string, string>>(),
            ],
            IsParallel = true,
            Advice = Advice,
        };
        try
        {
            await client.SendAsync(request, cancellationToken);
        }
        catch (PublishingException e) when (e.Status == HttpStatusCode.Forbidden && signer.TrySetClock())
        {
            await client.SendAsync(request, cancellationToken);
        }

        return new Uri(bucket.Readers, name).AbsoluteUri;
    }
}
