using System.Text;
using CmlNet.Containers;

namespace CmlNet.Runner.Fleet.Docker;

/// <summary>The first few kilobytes that a container writes.</summary>
internal sealed class ShortText : IOutputSink
{
    private const int Longest = 4096;
    private readonly StringBuilder _output = new(), _errors = new();

    public string Output => _output.ToString();

    public string Errors => _errors.ToString();

    public ValueTask WriteAsync(StandardStream stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        StringBuilder to = stream == StandardStream.Output ? _output : _errors;
        if (to.Length < Longest)
            to.Append(Encoding.UTF8.GetString(data.Span));
        return ValueTask.CompletedTask;
    }
}
