using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.Actions.Endpoints;

/// <summary>Passes on to the fake of GitHub's other API what this one does not know.</summary>
internal static class Forwarding
{
    private static readonly HttpClient Http = new();

    public static async Task HandleAsync(HttpContext context, FakeActionsService fake)
    {
        if (fake.GitHub is not { } gitHub)
        {
            await ActionsReply.TextAsync(context, 404, """{"message":"Not Found"}""");
            return;
        }

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), gitHub.Url + context.Request.Path + context.Request.QueryString);
        if (context.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        using HttpResponseMessage response = await Http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        // Where the next page is: here as well.
        if (response.Headers.TryGetValues("Link", out IEnumerable<string>? links))
            context.Response.Headers["Link"] = string.Join(", ", links).Replace(gitHub.Url, fake.Url, StringComparison.Ordinal);
        if (context.Response.StatusCode is not (204 or 304))
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
