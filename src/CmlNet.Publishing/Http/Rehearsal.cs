using System.Text;
using System.Text.Unicode;
using CmlNet.Publishing.Secrets;

namespace CmlNet.Publishing.Http;

/// <summary>Takes the place of everything that would change something: requests and files are written down and go nowhere. Reading goes on as usual.</summary>
/// <param name="writer">Gets what would be sent, each item followed by an empty line.</param>
/// <param name="mask">Hides secrets in it.</param>
public sealed class Rehearsal(TextWriter writer, SecretMask mask)
{
    private const int LongestBody = 64 * 1024;
    private const string PlainSigns = "-_./:=@%+,";
    private static readonly string[] SecretHeaders = ["Authorization", "PRIVATE-TOKEN", "JOB-TOKEN", "Cookie", "X-Amz-Security-Token"];
    private readonly Lock _gate = new();

    internal void Request(HttpMethod method, Uri address, IEnumerable<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte>? body)
    {
        var text = new StringBuilder($"{method} {address.AbsoluteUri}\n");
        foreach ((string name, string value) in headers)
            text.Append($"{name}: {(SecretHeaders.Contains(name, StringComparer.OrdinalIgnoreCase) ? "***" : value)}\n");
        if (body is { } content)
            text.Append('\n').Append(Shown(content)).Append('\n');
        Write(text.ToString());
    }

    /// <summary>Tells of a file that would be written.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="content">Its text.</param>
    public void File(string path, string content) => Write($"WRITE {path}\n\n{content}\n");

    internal void Command(string program, IReadOnlyList<string> arguments, string? input) =>
        Write($"RUN {program} {string.Join(' ', arguments.Select(Quoted))}\n{(input is null ? "" : $"\n{input.Replace('\0', '\n')}\n")}");

    /// <summary>As a shell takes it.</summary>
    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || PlainSigns.Contains(c, StringComparison.Ordinal)) ? argument : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private void Write(string text)
    {
        string safe = mask.Apply(text);
        lock (_gate)
            writer.Write(safe + "\n");
    }

    private static string Shown(ReadOnlyMemory<byte> content)
    {
        bool isText = Utf8.IsValid(content.Span) && !content.Span.ContainsAnyInRange((byte)0, (byte)8);
        return isText && content.Length <= LongestBody ? Encoding.UTF8.GetString(content.Span) : $"({content.Length} bytes)";
    }
}
