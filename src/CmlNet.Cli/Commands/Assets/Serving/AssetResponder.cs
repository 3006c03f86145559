using System.Security.Cryptography;
using System.Text;
using CmlNet.Publishing.Assets.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace CmlNet.Cli.Commands.Assets.Serving;

/// <summary>
/// CML's asset protocol from the server's side: POST of raw bytes to any path, answered by the file's URL as plain text; GET of
/// that URL. There is no list of files.
/// </summary>
/// <param name="vault">The files.</param>
/// <param name="publicUrl">What addresses start with; null takes what the uploader called the server.</param>
/// <param name="token">What uploads must show; null for nothing.</param>
/// <param name="logger">Gets a line for each upload, without its address.</param>
internal sealed class AssetResponder(AssetVault vault, Uri? publicUrl, string? token, ILogger logger)
{
    private const string Health = "/healthz";

    public async Task AnswerAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        Protect(context.Response.Headers);
        if (HttpMethods.IsPost(request.Method))
            await StoreAsync(context);
        else if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            await SayAsync(context, StatusCodes.Status405MethodNotAllowed, "POST a file, or GET one");
        else if (request.Path == Health)
            await SayAsync(context, StatusCodes.Status200OK, "ok");
        else
            await FetchAsync(context);
    }

    /// <summary>On every answer: nothing is run, guessed at, framed or indexed.</summary>
    private static void Protect(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'none'";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
    }

    private async Task StoreAsync(HttpContext context)
    {
        if (!IsAllowed(context.Request.Headers.Authorization.ToString()))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await SayAsync(context, StatusCodes.Status401Unauthorized, "uploads need a token: send 'Authorization: Bearer …'");
            return;
        }

        StoredAsset stored = await vault.StoreAsync(context.Request.Body, FileNameIn(context.Request.Headers.ContentDisposition.ToString()), context.RequestAborted);
        if (stored.File is not { } file)
        {
            (int status, string reason) = Refusal(stored);
            ServeLog.Refused(logger, reason);
            await SayAsync(context, status, reason);
            return;
        }

        ServeLog.Stored(logger, stored.IsKnown ? "again" : "new", file.MediaType, file.Length);
        context.Response.Headers.CacheControl = "no-store";
        await SayAsync(context, StatusCodes.Status200OK, Base(context.Request) + file.Name);
    }

    private async Task FetchAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        if (vault.Find(context.Request.Path.Value?.TrimStart('/') ?? "") is not { } file)
        {
            response.Headers.CacheControl = "no-store";
            await SayAsync(context, StatusCodes.Status404NotFound, "there is no such file");
            return;
        }

        string tag = $"\"{file.Name}\"";
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = file.MediaType == "text/plain" ? "text/plain; charset=utf-8" : file.MediaType;
        response.ContentLength = file.Length;
        if (HttpMethods.IsGet(context.Request.Method))
            await response.SendFileAsync(file.Path, context.RequestAborted);
    }

    private bool IsAllowed(string header)
    {
        const string scheme = "Bearer ";
        return token is null || (header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(header[scheme.Length..].Trim()), Encoding.UTF8.GetBytes(token)));
    }

    private string Base(HttpRequest request) => publicUrl is { } url
        ? url.AbsoluteUri.TrimEnd('/') + "/"
        : $"http://{(Uri.CheckHostName(request.Host.Host.Trim('[', ']')) == UriHostNameType.Unknown ? "localhost" : request.Host.Value)}/";

    private static (int Status, string Reason) Refusal(StoredAsset stored) => stored.Refusal switch
    {
        AssetRefusal.TooLarge => (StatusCodes.Status413PayloadTooLarge, "the file is larger than this server takes"),
        AssetRefusal.WrongType => (StatusCodes.Status415UnsupportedMediaType, $"this server takes no {stored.MediaType}"),
        AssetRefusal.Full => (StatusCodes.Status507InsufficientStorage, "this server is full"),
        _ => (StatusCodes.Status400BadRequest, "there is nothing in the file"),
    };

    private static string FileNameIn(string disposition)
    {
        const string key = "filename=\"";
        int start = disposition.IndexOf(key, StringComparison.OrdinalIgnoreCase);
        int end = start < 0 ? -1 : disposition.IndexOf('"', start + key.Length);
        string name = end < 0 ? "" : disposition[(start + key.Length)..end];
        return name.Contains('\0', StringComparison.Ordinal) ? "" : name;
    }

    private static async Task SayAsync(HttpContext context, int status, string text)
    {
        // What was not read of a refused upload is not waited for.
        if (status >= 400 && context.Features.Get<IHttpResponseFeature>() is { HasStarted: false })
            context.Response.Headers.Connection = "close";
        byte[] body = Encoding.UTF8.GetBytes(text);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
