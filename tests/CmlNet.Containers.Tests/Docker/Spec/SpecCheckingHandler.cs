using System.Collections.Concurrent;

namespace CmlNet.Containers.Tests.Docker.Spec;

/// <summary>Stands between the client and the engine: a request that the Engine API does not describe fails the test.</summary>
internal sealed class SpecCheckingHandler(HttpMessageHandler inner, ConcurrentQueue<string> requests) : DelegatingHandler(inner)
{
    // Those HTTP itself knows; the description lists only its own.
    private static readonly string[] PlainHeaders = ["Connection", "Upgrade"];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri!;
        var path = uri.AbsolutePath.StartsWith("/v1.41/", StringComparison.Ordinal) ? uri.AbsolutePath["/v1.41".Length..] : uri.AbsolutePath;
        var query = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(q => q.Split('=')[0]).ToList();
        var headers = request.Headers.Select(h => h.Key).Except(PlainHeaders, StringComparer.OrdinalIgnoreCase).ToList();
        // An archive is a body that the description says nothing more of.
        var isArchive = request.Content?.Headers.ContentType?.MediaType == "application/x-tar";
        var body = isArchive ? [] : request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        requests.Enqueue($"{request.Method} {path}");
        var problems = EngineSpec.Instance.Check(request.Method.Method, path, query, body, headers);
        Assert.True(problems.Count == 0, $"{request.Method} {uri.PathAndQuery}: {string.Join("; ", problems)}");
        return await base.SendAsync(request, cancellationToken);
    }
}
