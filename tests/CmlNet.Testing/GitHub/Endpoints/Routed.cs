using System.Globalization;
using CmlNet.Testing.GitHub.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CmlNet.Testing.GitHub.Endpoints;

/// <summary>Endpoints of a repository, under the templates of the OpenAPI description.</summary>
internal static class Routed
{
    /// <param name="app">The routes.</param>
    /// <param name="fake">The state.</param>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Behind <c>/repos/{owner}/{repo}</c>.</param>
    /// <param name="handler">Called for repositories that exist.</param>
    public static void Repository(this IEndpointRouteBuilder app, FakeGitHub fake, string method, string path, Func<HttpContext, FakeRepository, Task> handler) =>
        app.MapMethods("/repos/{owner}/{repo}" + path, [method], context =>
            fake.Repositories.TryGetValue($"{context.Text("owner")}/{context.Text("repo")}", out FakeRepository? repository)
                ? handler(context, repository)
                : Reply.NotFoundAsync(context));

    public static string Text(this HttpContext context, string name) => context.Request.RouteValues[name]?.ToString() ?? "";

    public static long Number(this HttpContext context, string name) => long.TryParse(context.Text(name), CultureInfo.InvariantCulture, out long number) ? number : -1;
}
