using System.Text;
using CmlNet.Containers;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Runner.Web;

/// <summary>A log as server-sent events, one for each line. A job's text cannot make events of its own: line ends part them.</summary>
internal sealed class EventSink(HttpResponse response) : IOutputSink
{
    private const int LongestLine = 16 * 1024;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _line = new();

    public async ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        char[] text = new char[Encoding.UTF8.GetMaxCharCount(data.Length)];
        int length = _decoder.GetChars(data.Span, text, flush: false);
        for (int i = 0; i < length; i++)
        {
            if (text[i] == '\n' || _line.Length >= LongestLine)
                await SendAsync(cancellationToken);
            // A page shows no escape sequences: only the text between them.
            if (text[i] == '\t' || !char.IsControl(text[i]))
                _line.Append(text[i]);
        }

        await response.Body.FlushAsync(cancellationToken);
    }

    /// <summary>What came without a line end, and that there is no more.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (_line.Length > 0)
            await SendAsync(cancellationToken);
        await response.WriteAsync("event: end\ndata:\n\n", cancellationToken);
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        string line = _line.ToString();
        _line.Clear();
        await response.WriteAsync($"data: {line}\n\n", cancellationToken);
    }
}
