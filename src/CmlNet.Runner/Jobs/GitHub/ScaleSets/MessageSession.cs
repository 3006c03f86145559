using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace CmlNet.Runner.Jobs.GitHub.ScaleSets;

/// <summary>An open session of a scale set: its messages are read, acknowledged, and its token is renewed.</summary>
internal sealed class MessageSession(ScaleSetClient client, Session session)
{
    // A poll takes about 50 s; the token must outlive it.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMinutes(5);
    private Session _session = session;

    public Guid Id => _session.Id;

    public ScaleSetStatistics? Statistics => _session.Statistics;

    /// <summary>Waits for the next message; null when there was none for a while.</summary>
    /// <exception cref="GitHubException">With 404, the session is gone.</exception>
    public async Task<MessageEnvelope?> PollAsync(long lastMessageId, int capacity, CancellationToken cancellationToken)
    {
        if (Jwt.ExpiryOf(Token) is { } expiry && expiry - client.Connection.Http.Time.GetUtcNow() is var left && left < Margin && left > -Margin)
            await RefreshAsync(cancellationToken);
        string address = Queue;
        if (lastMessageId > 0)
            address += (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lastMessageId=" + lastMessageId.ToString(CultureInfo.InvariantCulture);
        GitHubResponse response = await WithTokenAsync(
            token => new GitHubRequest
            {
                Method = HttpMethod.Get,
                Address = new Uri(address),
                Purpose = "wait for messages",
                Authorization = "Bearer " + token,
                Accept = "application/json; api-version=6.0-preview",
                Headers = [new("X-ScaleSetMaxCapacity", capacity.ToString(CultureInfo.InvariantCulture))],
                IsRetried = false,
                Timeout = PollTimeout,
            },
            cancellationToken);
        // 200 without a body was seen in the field: nothing has come.
        return response.Status == HttpStatusCode.Accepted || response.Body.Span.Trim(" \r\n\t"u8).IsEmpty ? null : response.Read(GitHubJson.Default.MessageEnvelope, "wait for messages");
    }

    /// <summary>Tells the queue that a message need not come again; one that is gone is no error.</summary>
    public async Task AcknowledgeAsync(long messageId, CancellationToken cancellationToken)
    {
        int query = Queue.IndexOf('?', StringComparison.Ordinal);
        string path = (query < 0 ? Queue : Queue[..query]).TrimEnd('/');
        var address = new Uri(path + "/" + messageId.ToString(CultureInfo.InvariantCulture) + (query < 0 ? "" : Queue[query..]));
        await WithTokenAsync(token => new GitHubRequest { Method = HttpMethod.Delete, Address = address, Purpose = $"acknowledge message {messageId}", Authorization = "Bearer " + token }, cancellationToken);
    }

    public async Task<IReadOnlyList<long>> AcquireAsync(IReadOnlyList<long> requestIds, CancellationToken cancellationToken)
    {
        try
        {
            return await client.AcquireAsync(requestIds, Token, cancellationToken);
        }
        catch (GitHubException exception) when (exception.Status == HttpStatusCode.Unauthorized)
        {
            await RefreshAsync(cancellationToken);
            return await client.AcquireAsync(requestIds, Token, cancellationToken);
        }
    }

    /// <summary>The jobs in an envelope; what is not understood comes back as null.</summary>
    public static IReadOnlyList<JobMessage>? ReadJobs(MessageEnvelope envelope)
    {
        if (envelope.Type != "RunnerScaleSetJobMessages")
            return null;
        if (string.IsNullOrWhiteSpace(envelope.Body))
            return [];
        try
        {
            return JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(envelope.Body), GitHubJson.Default.IReadOnlyListJobMessage) ?? [];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string Token => _session.QueueToken ?? "";

    private string Queue => _session.QueueUrl ?? throw new GitHubException("The session has no message queue.");

    // Once only: a second refusal is final (actions/scaleset, session_client.go).
    private async Task<GitHubResponse> WithTokenAsync(Func<string, GitHubRequest> build, CancellationToken cancellationToken)
    {
        try
        {
            return await client.Connection.Http.SendAsync(build(Token), cancellationToken);
        }
        catch (GitHubException exception) when (exception.Status == HttpStatusCode.Unauthorized)
        {
            await RefreshAsync(cancellationToken);
            return await client.Connection.Http.SendAsync(build(Token), cancellationToken);
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken) => _session = await client.RefreshSessionAsync(_session.Id, cancellationToken);
}
