namespace CmlNet.Publishing.Http;

/// <summary>The attempts at one call. After one whose effect is unknown, the effect is looked up before the call is repeated.</summary>
internal sealed class AttemptSequence(ApiRequest request, Func<CancellationToken, Task<ApiResponse>> send)
{
    private bool _isAmbiguous;
    private Task<ApiResponse>? _first;

    /// <summary>Has the next attempt come out as the first, which was made already.</summary>
    public void Begin(Task<ApiResponse> first) => _first = first;

    public Task<ApiResponse> NextAsync(CancellationToken cancellationToken)
    {
        if (_first is not { } first)
            return SendAsync(cancellationToken);
        _first = null;
        return first;
    }

    private async Task<ApiResponse> SendAsync(CancellationToken cancellationToken)
    {
        if (await ReadBackAsync(cancellationToken) is { } applied)
            return applied;
        _isAmbiguous = false;
        try
        {
            ApiResponse response = await send(cancellationToken);
            _isAmbiguous = RetryRules.IsAmbiguous(response);
            return response;
        }
        catch (Exception e) when (RetryRules.IsNetwork(e))
        {
            _isAmbiguous = !RetryRules.WasNeverSent(e);
            throw;
        }
    }

    /// <summary>What the last attempt would have answered, where it had its effect although its answer was lost.</summary>
    public async Task<ApiResponse?> ReadBackAsync(CancellationToken cancellationToken) =>
        _isAmbiguous && request.ReadBack is { } readBack ? await readBack(cancellationToken) : null;
}
