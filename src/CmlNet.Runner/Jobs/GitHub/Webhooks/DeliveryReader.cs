using Microsoft.AspNetCore.Http;

namespace CmlNet.Runner.Jobs.GitHub.Webhooks;

/// <summary>
/// Reads the bodies of deliveries. Anyone may send one, and its signature is known only when all of it is there: so few are read at
/// a time, none for long, and none larger than what GitHub sends of a job. What is turned away is found by the next look at the API.
/// </summary>
internal sealed class DeliveryReader(TimeProvider time) : IDisposable
{
    /// <summary>A job with all of its steps takes some hundred kilobytes.</summary>
    public const int Largest = 2 * 1024 * 1024;

    private const int MostAtOnce = 16;

    // GitHub waits no longer for an answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _places = new(MostAtOnce, MostAtOnce);

    /// <returns>The body; null, with a status in the answer, when it is not taken.</returns>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > Largest)
            return Refuse(context, StatusCodes.Status413PayloadTooLarge);
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.RequestAborted);
        bool hasPlace = false;
        try
        {
            await _places.WaitAsync(either.Token);
            hasPlace = true;
            return await ReadAsync(context.Request.Body, either.Token) ?? Refuse(context, StatusCodes.Status413PayloadTooLarge);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Refuse(context, hasPlace ? StatusCodes.Status408RequestTimeout : StatusCodes.Status503ServiceUnavailable);
        }
        finally
        {
            if (hasPlace)
                _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        byte[] part = new byte[16 * 1024];
        int count;
        while ((count = await body.ReadAsync(part, cancellationToken)) > 0)
        {
            if (whole.Length + count > Largest)
                return null;
            whole.Write(part, 0, count);
        }

        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }

    private static ReadOnlyMemory<byte>? Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Connection = "close"; // what is left of it is not read
        return null;
    }
}
