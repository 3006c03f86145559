using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.Actions;

/// <summary>Answers as the Actions service words them.</summary>
internal static class ActionsReply
{
    public static async Task JsonAsync(HttpContext context, FakeActionsService fake, JsonNode body, int status = 200)
    {
        byte[] text = Encoding.UTF8.GetBytes(body.ToJsonString());
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers["ActivityId"] = "11111111-2222-3333-4444-555555555555";
        if (fake.Behavior.HasByteOrderMark)
            await context.Response.Body.WriteAsync(Encoding.UTF8.Preamble.ToArray());
        await context.Response.Body.WriteAsync(text);
    }

    public static Task ErrorAsync(HttpContext context, FakeActionsService fake, int status, string type, string message) =>
        JsonAsync(context, fake, new JsonObject { ["typeName"] = $"GitHub.Actions.Runtime.WebApi.{type}, GitHub.Actions.Runtime.WebApi", ["message"] = message }, status);

    public static async Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = text.StartsWith('{') ? "application/json" : "text/plain";
        context.Response.Headers["x-github-request-id"] = "FAKE:1";
        if (status is not (204 or 304))
            await context.Response.WriteAsync(text);
    }

    public static Task EmptyAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>The text after the scheme; empty for another scheme.</summary>
    public static string Credential(HttpContext context, string scheme)
    {
        string header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith(scheme + " ", StringComparison.OrdinalIgnoreCase) ? header[(scheme.Length + 1)..] : "";
    }

    public static async Task<JsonNode?> BodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        string text = await reader.ReadToEndAsync();
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}
