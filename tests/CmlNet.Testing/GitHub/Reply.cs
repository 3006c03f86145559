using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub.State;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.GitHub;

/// <summary>Answers as GitHub words them.</summary>
internal static class Reply
{
    public static async Task JsonAsync(HttpContext context, JsonNode body, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(body.ToJsonString());
    }

    public static Task ErrorAsync(HttpContext context, int status, string message, JsonArray? errors = null)
    {
        var body = new JsonObject { ["message"] = message, ["documentation_url"] = "https://docs.github.com/rest" };
        // The description's validation errors have none.
        if (status != 422)
            body["status"] = status.ToString(CultureInfo.InvariantCulture);
        if (errors is not null)
            body["errors"] = errors;
        return JsonAsync(context, body, status);
    }

    public static Task NotFoundAsync(HttpContext context) => ErrorAsync(context, 404, "Not Found");

    public static Task InvalidAsync(HttpContext context, string resource, string field, string message) =>
        ErrorAsync(context, 422, "Validation Failed", [new JsonObject { ["resource"] = resource, ["code"] = "unprocessable", ["field"] = field, ["message"] = message }]);

    /// <summary>One page of a list, with the <c>Link</c> header.</summary>
    public static Task PageAsync(HttpContext context, IReadOnlyList<JsonNode> all, Func<JsonArray, JsonNode>? wrap = null)
    {
        HttpRequest request = context.Request;
        int size = int.TryParse(request.Query["per_page"], CultureInfo.InvariantCulture, out int perPage) ? Math.Clamp(perPage, 1, 100) : 30;
        int page = int.TryParse(request.Query["page"], CultureInfo.InvariantCulture, out int asked) && asked > 0 ? asked : 1;
        int last = Math.Max(1, (all.Count + size - 1) / size);
        var links = new List<string>();
        if (page < last)
        {
            links.Add($"<{PageUrl(request, page + 1, size)}>; rel=\"next\"");
            links.Add($"<{PageUrl(request, last, size)}>; rel=\"last\"");
        }

        if (page > 1)
            links.Add($"<{PageUrl(request, 1, size)}>; rel=\"first\"");
        if (links.Count > 0)
            context.Response.Headers.Link = string.Join(", ", links);
        JsonArray items = [.. all.Skip((page - 1) * size).Take(size)];
        return JsonAsync(context, wrap is null ? items : wrap(items));
    }

    public static async Task<JsonObject?> BodyAsync(HttpContext context)
    {
        try
        {
            return await JsonNode.ParseAsync(context.Request.Body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether the token may; otherwise GitHub's refusal has been answered.</summary>
    public static async Task<bool> IsAllowedAsync(HttpContext context, string level, params string[] scopes)
    {
        FakeToken token = TokenOf(context);
        if (scopes.Any(s => token.May(s, level)))
            return true;
        await ErrorAsync(context, 403, token.IsInstallation ? "Resource not accessible by integration" : "Resource not accessible by personal access token");
        return false;
    }

    public static FakeToken TokenOf(HttpContext context) => (FakeToken)context.Items[Exchanger.TokenItem]!;

    private static string PageUrl(HttpRequest request, int page, int size)
    {
        IEnumerable<string> others = request.Query.Where(q => q.Key is not ("page" or "per_page")).Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value.ToString())}&");
        return $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}?{string.Concat(others)}per_page={size}&page={page}";
    }
}
