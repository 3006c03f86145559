using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Http;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.CodeHosts.Gitea;

/// <summary>
/// Files attached to comments. A comment has to be there before a file can be attached to it, so a file waits under a name that
/// stands for it until its comment is known. The name tells the content, so a file that a comment has already is not sent again.
/// </summary>
internal sealed partial class GiteaAttachments(JsonCalls calls, ILogger logger)
{
    private const string Scheme = "cml-attachment:";
    private const int HashLength = 16;

    private readonly ConcurrentDictionary<string, Asset> _waiting = new(StringComparer.Ordinal);

    /// <summary>What stands for the file in a comment that is still to be posted.</summary>
    public string Keep(Asset asset)
    {
        string name = $"{Sha256.Hex(asset.Content.Span)[..HashLength]}-{Forbidden().Replace(asset.FileName, "_")}";
        _waiting[name] = asset;
        return Scheme + name;
    }

    public static bool IsIn(string body) => body.Contains(Scheme, StringComparison.Ordinal);

    /// <summary>The body as it can be shown before its files are attached.</summary>
    public static string WithoutFiles(string body) => Reference().Replace(body, static m => "#" + m.Groups["name"].Value);

    /// <summary>The body with the addresses of its files, attached to the comment.</summary>
    public async Task<string> AttachAsync(string commentPath, string body, CancellationToken cancellationToken)
    {
        string path = commentPath + "/assets";
        IReadOnlyList<AttachmentReply> there = await ListAsync(path, cancellationToken);
        string[] names = [.. Reference().Matches(body).Select(m => m.Groups["name"].Value).Distinct(StringComparer.Ordinal)];
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if ((there.FirstOrDefault(a => a.Name == name)?.BrowserDownloadUrl ?? await UploadAsync(path, name, cancellationToken)) is { } address)
                addresses[name] = address;
        }

        string complete = Reference().Replace(body, m => addresses.GetValueOrDefault(m.Groups["name"].Value) ?? "#" + m.Groups["name"].Value);
        string[] missing = [.. names.Where(n => !addresses.ContainsKey(n)).Select(n => $"`{n[(HashLength + 1)..]}`")];
        return missing.Length == 0 ? complete : $"{complete}\n\n_Not shown, because the upload failed, see the log: {string.Join(", ", missing)}._\n";
    }

    /// <summary>Removes the files that a comment does not show any more: not before it has its new body, for an update that is refused leaves the old one.</summary>
    public async Task RemoveUnusedAsync(string commentPath, string body, CancellationToken cancellationToken)
    {
        string path = commentPath + "/assets";
        try
        {
            foreach (AttachmentReply old in (await ListAsync(path, cancellationToken)).Where(a => a.Name is { } name && OwnName().IsMatch(name) && !IsShown(a, body)))
                await calls.DeleteAsync($"{path}/{old.Id.ToString(CultureInfo.InvariantCulture)}", cancellationToken);
        }
        catch (PublishingException e)
        {
            // The comment is as it should be; the next update looks again.
            Log.NotRemoved(logger, e.Message);
        }
    }

    /// <summary>None where there is no such comment, as in a rehearsal.</summary>
    private async Task<IReadOnlyList<AttachmentReply>> ListAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.GetAsync(path, GiteaWire.Default.IReadOnlyListAttachmentReply, cancellationToken);
        }
        catch (PublishingException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return [];
        }
    }

    /// <summary>A report that is added to shows files of the one before by their addresses.</summary>
    private static bool IsShown(AttachmentReply attachment, string body) => attachment.BrowserDownloadUrl is { Length: > 0 } url && body.Contains(url, StringComparison.Ordinal);

    private async Task<string?> UploadAsync(string path, string name, CancellationToken cancellationToken)
    {
        if (!_waiting.TryGetValue(name, out Asset? asset))
            return null;
        try
        {
            AttachmentReply reply = await calls.SendAsync(
                new ApiRequest
                {
                    Method = HttpMethod.Post,
                    Path = $"{path}?name={Uri.EscapeDataString(name)}",
                    Body = MultipartFile.Write("attachment", name, asset.MediaType, asset.Content),
                    ContentType = MultipartFile.ContentType,
                    Rehearsed = """{"id":0,"browser_download_url":"#"}"""u8.ToArray(),
                    ReadBack = token => FindAsync(path, name, token),
                },
                GiteaWire.Default.AttachmentReply,
                cancellationToken);
            return reply.BrowserDownloadUrl;
        }
        catch (PublishingException e)
        {
            Log.UploadFailed(logger, asset.FileName, e.Message);
            return null;
        }
    }

    private async Task<ApiResponse?> FindAsync(string path, string name, CancellationToken cancellationToken)
    {
        IReadOnlyList<AttachmentReply> all = await calls.GetAsync(path, GiteaWire.Default.IReadOnlyListAttachmentReply, cancellationToken);
        return all.FirstOrDefault(a => a.Name == name) is { } found
            ? new ApiResponse { Status = HttpStatusCode.Created, Body = JsonCalls.Write(found, GiteaWire.Default.AttachmentReply) }
            : null;
    }

    [GeneratedRegex("cml-attachment:(?<name>[0-9a-f]{16}-[A-Za-z0-9._-]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Reference();

    [GeneratedRegex("^[0-9a-f]{16}-", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnName();

    [GeneratedRegex("[^A-Za-z0-9._-]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Forbidden();
}
