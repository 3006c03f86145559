using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CmlNet.Publishing.Http;

/// <summary>Failed calls as messages: the call, the status, the request id, and what to do next. Never the token.</summary>
internal static partial class ApiFailure
{
    private const int LongestDetail = 600;
    private const int LongestText = 4096;

    public static PublishingException FromResponse(ApiRequest request, Uri address, ApiResponse response, TimeProvider time)
    {
        var text = new StringBuilder($"{request.Method} {address.AbsolutePath} on {address.Authority} failed: {(int)response.Status} {response.Status}");
        string detail = Detail(response.Body.Span);
        if (detail.Length > 0)
            text.Append(": ").Append(detail);
        if (response.RequestId is { } id)
            text.Append($" (request {Clean(id, 100)})");
        text.Append('.').Append(Advice(request, response, time));
        return new PublishingException(text.ToString(), response.Status);
    }

    public static PublishingException FromException(ApiRequest request, Uri address, Exception failure)
    {
        // Without the password that may be in its address.
        string? proxy = HttpClient.DefaultProxy is { } proxies && !proxies.IsBypassed(address) ? proxies.GetProxy(address)?.Authority : null;
        string advice = ApiClient.IsTrustFailure(failure)
            ? " The server's certificate was not accepted: install 'ca-certificates', or name your own authority's PEM file in CML_CA_FILE."
            : proxy is not null ? " Check the proxy (HTTP_PROXY, HTTPS_PROXY); NO_PROXY names the hosts that are reached without it."
            : " Check that the address is right and reachable from here.";
        string way = proxy is null ? "" : $" through the proxy {proxy}";
        return new PublishingException($"{request.Method} {address.AbsolutePath} on {address.Authority}{way} failed: {Innermost(failure)}.{advice}", failure);
    }

    private static string Advice(ApiRequest request, ApiResponse response, TimeProvider time) => response.Status switch
    {
        _ when RetryRules.IsLimited(response) && RetryRules.RequestedWait(response, time) is { } wait => $" The rate limit is used up; it opens again in {wait.TotalSeconds:0} s.",
        _ when request.Advice is { } advice => " " + advice,
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect => " It refers to another server, which does not get the token; name that server's address.",
        HttpStatusCode.Unauthorized => " The token is wrong or has expired.",
        HttpStatusCode.Forbidden when request.Permission is { } line => $" The token lacks a permission; add to the job:\npermissions:\n  {line}\n(The token of a pull request from a fork is read-only whatever is written there.)",
        HttpStatusCode.NotFound => " Check the repository, the number or sha, and that the token may see it.",
        _ => "",
    };

    private static string Detail(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            if (!JsonDocument.TryParseValue(ref reader, out JsonDocument? document))
                return "";
            using (document)
            {
                JsonElement root = document.RootElement;
                if (root.ValueKind != JsonValueKind.Object || !(root.TryGetProperty("message", out JsonElement message) || root.TryGetProperty("error", out message)))
                    return "";
                // GitLab says 'error' where it means its API, Bitbucket puts the message inside.
                if (message.ValueKind == JsonValueKind.Object && message.TryGetProperty("message", out JsonElement inner))
                    message = inner;
                string text = message.ToString();
                if (root.TryGetProperty("errors", out JsonElement errors))
                    text += " " + errors.GetRawText();
                return Clean(text, LongestDetail);
            }
        }
        catch (JsonException)
        {
            return DetailOfText(Encoding.UTF8.GetString(body[..Math.Min(body.Length, LongestText)]));
        }
    }

    /// <summary>S3 and its like answer XML, whose code and message are all that tells.</summary>
    private static string DetailOfText(string text)
    {
        string[] parts = [.. XmlDetail().Matches(text).Select(m => m.Groups["text"].Value)];
        return Clean(parts.Length > 0 ? WebUtility.HtmlDecode(string.Join(": ", parts)) : text, LongestDetail);
    }

    private static string Innermost(Exception failure)
    {
        while (failure is not TimeoutException && failure.InnerException is { } inner)
            failure = inner;
        return Clean(failure.Message.TrimEnd('.'), LongestDetail);
    }

    /// <summary>A server's words on one line of ours, without control characters.</summary>
    private static string Clean(string text, int longest)
    {
        string cut = text.Length > longest ? text[..longest] + "…" : text;
        return new string([.. cut.Select(c => char.IsControl(c) ? ' ' : c)]).Trim();
    }

    [GeneratedRegex("<(Code|Message)>(?<text>[^<]{1,600})</", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex XmlDetail();
}
