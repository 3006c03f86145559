using System.Buffers;
using System.Text;

namespace CmlNet.Dvc.Hashing;

/// <summary>Reads a <c>.dir</c> object in the form it nearly always has, byte for byte as DVC writes it; a folder of many files is looked at often.</summary>
internal static class ListingScanner
{
    private const int Digits = 32;

    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);

    private static ReadOnlySpan<byte> BeforeHash => "{\"md5\": \""u8;

    private static ReadOnlySpan<byte> BeforePath => "\", \"relpath\": \""u8;

    /// <summary>Null when it has any other form: more keys, escapes, other spaces.</summary>
    public static List<(string Path, string Hash)>? Read(ReadOnlySpan<byte> content)
    {
        if (content.Length < 2 || content[0] != '[' || content[^1] != ']')
            return null;
        var files = new List<(string Path, string Hash)>(content.Length / 80);
        ReadOnlySpan<byte> rest = content[1..^1];
        while (rest.Length > 0)
        {
            if (files.Count > 0)
            {
                if (!rest.StartsWith(", "u8))
                    return null;
                rest = rest[2..];
            }

            if (!rest.StartsWith(BeforeHash) || rest.Length < BeforeHash.Length + Digits)
                return null;
            ReadOnlySpan<byte> hash = rest.Slice(BeforeHash.Length, Digits);
            if (hash.ContainsAnyExcept(HexDigits))
                return null;
            rest = rest[(BeforeHash.Length + Digits)..];
            if (!rest.StartsWith(BeforePath))
                return null;
            rest = rest[BeforePath.Length..];
            // Whatever is escaped or not ASCII is left to the JSON reader.
            int end = rest.IndexOf((byte)'"');
            if (end < 0 || rest[..end].ContainsAnyExceptInRange((byte)' ', (byte)'~') || rest[..end].Contains((byte)'\\') || end + 1 >= rest.Length || rest[end + 1] != '}')
                return null;
            files.Add((Encoding.ASCII.GetString(rest[..end]), Encoding.ASCII.GetString(hash)));
            rest = rest[(end + 2)..];
        }

        return files;
    }
}
