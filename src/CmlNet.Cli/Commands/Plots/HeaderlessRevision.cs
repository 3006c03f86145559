using System.Text;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Cli.Commands.Plots;

/// <summary>A revision whose tables begin with data: their columns are called 0, 1 and so on, as DVC calls them.</summary>
internal sealed class HeaderlessRevision(IRevision inner) : IRevision
{
    public string Name => inner.Name;

    public byte[]? Read(string path)
    {
        char separator = Path.GetExtension(path).ToLowerInvariant() switch { ".csv" => ',', ".tsv" => '\t', _ => '\0' };
        if (inner.Read(path) is not { Length: > 0 } content || separator == '\0')
            return inner.Read(path);
        ReadOnlySpan<byte> data = content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? content.AsSpan(Encoding.UTF8.Preamble.Length) : content;
        string header = string.Join(separator, Enumerable.Range(0, Columns(data, (byte)separator))) + "\n";
        return [.. Encoding.UTF8.GetBytes(header), .. data];
    }

    public IEnumerable<string> Paths() => inner.Paths();

    // Of the first row; what is quoted may hold separators and line ends.
    private static int Columns(ReadOnlySpan<byte> data, byte separator)
    {
        int columns = 1;
        bool isQuoted = false;
        foreach (byte one in data)
        {
            if (one == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && one is (byte)'\n' or (byte)'\r')
                break;
            else if (!isQuoted && one == separator)
                columns++;
        }

        return columns;
    }
}
