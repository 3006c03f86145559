using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CmlNet.Runner.Jobs.GitHub.Rest;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Jobs.GitHub.Webhooks;

/// <summary>
/// Takes <c>workflow_job</c> deliveries. Anyone may call: nothing is read before the signature over the raw body has been
/// found good. A delivery that comes twice is answered and left alone.
/// </summary>
internal sealed class WebhookReceiver(string secret, GitHubScope scope, TimeProvider time, ILogger logger) : IDisposable
{
    private const int MostRemembered = 5000;
    private const string SignatureStart = "sha256=";

    private readonly DeliveryReader _reader = new(time);
    private readonly Lock _gate = new();
    private readonly List<RestSource> _sources = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Add(RestSource source)
    {
        lock (_gate)
            _sources.Add(source);
    }

    public async Task HandleAsync(HttpContext context)
    {
        string signature = context.Request.Headers["X-Hub-Signature-256"].ToString();
        bool isSignature = signature.Length == SignatureStart.Length + (2 * HMACSHA256.HashSizeInBytes) && signature.StartsWith(SignatureStart, StringComparison.Ordinal);
        if (!isSignature)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (await _reader.ReadAsync(context) is not { } raw)
            return;
        if (!IsSigned(signature, raw.Span))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        string delivery = context.Request.Headers["X-GitHub-Delivery"].ToString();
        if (context.Request.Headers["X-GitHub-Event"].ToString() != "workflow_job" || !IsNew(delivery))
            return;
        bool isApplied = false;
        try
        {
            await ApplyAsync(raw, context.RequestAborted);
            isApplied = true;
        }
        finally
        {
            if (!isApplied)
                Forget(delivery);
        }
    }

    public void Dispose() => _reader.Dispose();

    internal bool IsSigned(string header, ReadOnlySpan<byte> body)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, expected);
        string text = SignatureStart + Convert.ToHexStringLower(expected);
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(text), Encoding.ASCII.GetBytes(header));
    }

    private bool IsNew(string delivery)
    {
        lock (_gate)
        {
            if (!_seen.Add(delivery))
                return false;
            _order.Enqueue(delivery);
            if (_order.Count > MostRemembered)
                _seen.Remove(_order.Dequeue());
            return true;
        }
    }

    // Whoever sends it again means it.
    private void Forget(string delivery)
    {
        lock (_gate)
            _seen.Remove(delivery);
    }

    private async Task ApplyAsync(ReadOnlyMemory<byte> raw, CancellationToken cancellationToken)
    {
        WorkflowJobEvent? happened;
        try
        {
            happened = JsonSerializer.Deserialize(raw.Span, GitHubJson.Default.WorkflowJobEvent);
        }
        catch (JsonException exception)
        {
            JobLog.MessageSkipped(logger, "webhook", 0, exception.Message);
            return;
        }

        // One hook may serve a whole organization; the pools are of one repository.
        bool isOurs = $"repos/{happened?.Repository?.Owner?.Login}/{happened?.Repository?.Name}".Equals(scope.ApiPath, StringComparison.OrdinalIgnoreCase);
        if (!isOurs || happened?.Job is not { } job)
            return;
        RestSource[] sources;
        lock (_gate)
            sources = [.. _sources];
        foreach (RestSource source in sources)
            await source.ApplyAsync(job, cancellationToken);
    }
}
