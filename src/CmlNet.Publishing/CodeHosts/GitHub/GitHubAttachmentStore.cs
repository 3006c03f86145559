using System.Globalization;
using System.Text.Json;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>Attachments as people drop them into a comment; who may read the repository may see them. For personal tokens, on github.com only.</summary>
/// <remarks>The endpoint is the one GitHub's own command-line client uses since its version 2.99; it is in no API description and may change.</remarks>
/// <param name="api">The repository.</param>
/// <param name="uploads">Its base address is where GitHub takes uploads, with the same token.</param>
internal sealed class GitHubAttachmentStore(GitHubApi api, ApiClient uploads) : IAssetStore, IForgetfulStore, IDisposable
{
    public const string Addresses = "https://github.com/user-attachments/assets/";
    private const long LargestImage = 10 * 1024 * 1024;
    private const long LargestVideo = 100 * 1024 * 1024;
    private static readonly string[] Types = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", "video/mp4", "video/quicktime", "video/webm"];

    private long? _repositoryId;

    public string Name => "attachments";

    public string? AddressStart => Addresses;

    public async Task<string> StoreAsync(Asset asset, CancellationToken cancellationToken = default)
    {
        if (!Types.Contains(asset.MediaType, StringComparer.Ordinal))
            throw new PublishingException($"GitHub takes no {asset.MediaType} as an attachment");
        long limit = asset.MediaType.StartsWith("video/", StringComparison.Ordinal) ? LargestVideo : LargestImage;
        if (asset.Content.Length > limit)
            throw new PublishingException($"GitHub takes attachments of this kind up to {limit} bytes, and this one has {asset.Content.Length}");
        _repositoryId ??= (await api.GetAsync(api.RepositoryPath, GitHubWire.Default.RepositoryReply, "metadata: read", cancellationToken)).Id;
        string name = Uri.EscapeDataString(Path.GetFileName(asset.FileName));
        ApiResponse response = await uploads.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Post,
                Path = string.Create(CultureInfo.InvariantCulture, $"user-attachments/assets?name={name}&content_type={Uri.EscapeDataString(asset.MediaType)}&repository_id={_repositoryId}"),
                Body = asset.Content,
                ContentType = "application/octet-stream",
                IsParallel = true,
                Rehearsed = JsonSerializer.SerializeToUtf8Bytes(new AttachmentReply(Addresses + "rehearsal"), GitHubWire.Default.AttachmentReply),
                // Uploaded twice, a file is there twice, and nobody sees the first.
                ReadBack = static _ => Task.FromResult<ApiResponse?>(null),
            },
            cancellationToken);
        string? url = GitHubApi.Read(response, GitHubWire.Default.AttachmentReply, "user-attachments").Url;
        return Uri.TryCreate(url, UriKind.Absolute, out _) ? url : throw new PublishingException("GitHub's answer names no attachment");
    }

    public void Dispose() => uploads.Dispose();
}
