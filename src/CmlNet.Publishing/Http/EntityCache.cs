using System.Collections.Concurrent;
using System.Net;

namespace CmlNet.Publishing.Http;

/// <summary>Answers that a server may say have not changed: asking again then costs nothing of the rate limit.</summary>
internal sealed class EntityCache
{
    private const int MostEntries = 256;
    private const int LargestEntry = 4 * 1024 * 1024;

    private readonly ConcurrentDictionary<Uri, ApiResponse> _known = new();

    public string? TagOf(ApiRequest request, Uri address) => request.Method == HttpMethod.Get && _known.TryGetValue(address, out ApiResponse? known) ? known.EntityTag : null;

    /// <summary>The whole answer, whether it came now or before.</summary>
    public ApiResponse Complete(ApiRequest request, Uri address, ApiResponse response)
    {
        if (request.Method != HttpMethod.Get)
            return response;
        if (response.Status == HttpStatusCode.NotModified && _known.TryGetValue(address, out ApiResponse? known))
            return known with { Date = response.Date, RequestId = response.RequestId };
        if (response is { Status: HttpStatusCode.OK, EntityTag: not null, Body.Length: <= LargestEntry })
        {
            if (_known.Count >= MostEntries)
                _known.Clear();
            _known[address] = response;
        }

        return response;
    }
}
