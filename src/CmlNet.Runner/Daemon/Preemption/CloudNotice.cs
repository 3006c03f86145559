using System.Net;
using System.Text.Json;
using CmlNet.Runner.Configuration;

namespace CmlNet.Runner.Daemon.Preemption;

/// <summary>
/// Asks a cloud's metadata service, again and again, whether the machine is to be taken away. Sources: Amazon EC2's "Spot
/// Instance interruption notices", Azure's "Scheduled Events", Google's "Preemption process".
/// </summary>
internal sealed class CloudNotice(CloudKind cloud, Uri? endpoint, TimeSpan interval, TimeProvider time) : IPreemptionNotice, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Never through a proxy: the address means this machine.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience, MaxResponseContentBufferSize = 1024 * 1024 };

    private Uri Base => endpoint ?? new Uri(cloud == CloudKind.Gcp ? "http://metadata.google.internal" : "http://169.254.169.254");

    public async Task<string> WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                string? notice = cloud switch
                {
                    CloudKind.Aws => await AskAwsAsync(cancellationToken),
                    CloudKind.Azure => await AskAzureAsync(cancellationToken),
                    _ => await AskGcpAsync(cancellationToken),
                };
                if (notice is not null)
                    return notice;
            }
            catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                throw new IOException($"The metadata service at {Base} does not answer as {cloud}'s does: {exception.Message} Check preemption.cloud and preemption.endpoint.", exception);
            }

            await Task.Delay(interval, time, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    // 404 while nothing is planned. The token is for the service's second version; the first needs none.
    private async Task<string?> AskAwsAsync(CancellationToken cancellationToken)
    {
        using var wanted = new HttpRequestMessage(HttpMethod.Put, new Uri(Base, "/latest/api/token")) { Headers = { { "X-aws-ec2-metadata-token-ttl-seconds", "60" } } };
        using HttpResponseMessage granted = await _http.SendAsync(wanted, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Base, "/latest/meta-data/spot/instance-action"));
        if (granted.IsSuccessStatusCode)
            request.Headers.TryAddWithoutValidation("X-aws-ec2-metadata-token", await granted.Content.ReadAsStringAsync(cancellationToken));
        using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        using JsonDocument action = await ReadAsync(response, cancellationToken);
        return $"AWS will {Text(action.RootElement, "action")} the instance at {Text(action.RootElement, "time")}";
    }

    private async Task<string?> AskAzureAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Base, "/metadata/scheduledevents?api-version=2020-07-01")) { Headers = { { "Metadata", "true" } } };
        using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        using JsonDocument events = await ReadAsync(response, cancellationToken);
        if (!events.RootElement.TryGetProperty("Events", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
            return null;
        // A freeze of seconds or a planned reboot is none of our business: the machine stays.
        return list.EnumerateArray().Where(one => Text(one, "EventType") is "Preempt" or "Terminate").Select(one => $"Azure: {Text(one, "EventType")} at {Text(one, "NotBefore")}").FirstOrDefault();
    }

    private async Task<string?> AskGcpAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Base, "/computeMetadata/v1/instance/preempted")) { Headers = { { "Metadata-Flavor", "Google" } } };
        using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadAsStringAsync(cancellationToken)).Trim() == "TRUE" ? "Google preempts the instance" : null;
    }

    private static async Task<JsonDocument> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);

    private static string Text(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out JsonElement found) && found.ValueKind == JsonValueKind.String ? Jobs.JobText.Clean(found.GetString()) : "an unknown time";
}
