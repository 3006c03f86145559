using System.Text;

namespace CmlNet.Reports.Readers.Csv;

/// <summary>Says what a text that is not UTF-8 may be instead.</summary>
internal static class CsvEncoding
{
    /// <summary>UTF-16 with a mark is converted; a UTF-8 mark is skipped.</summary>
    /// <exception cref="ArtifactException">It is no text, but one of the usual formats for tables.</exception>
    public static Stream Open(Stream stream)
    {
        Span<byte> head = stackalloc byte[BinaryFormat.Longest];
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        head = head[..read];
        if (BinaryFormat.Refusal(head) is { } refusal)
            throw new ArtifactException(refusal);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Converted(stream, Encoding.Unicode);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Converted(stream, Encoding.BigEndianUnicode);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            stream.Position = 3;
        return stream;
    }

    /// <summary>The failure for a field that is not UTF-8.</summary>
    /// <param name="bytes">The field.</param>
    /// <param name="at">Where in it the first wrong byte is.</param>
    /// <param name="column">Its place in the record, from 0.</param>
    /// <param name="line">The record's line.</param>
    public static ArtifactException Refuse(ReadOnlySpan<byte> bytes, int at, int column, long line)
    {
        byte wrong = bytes[Math.Min(at, bytes.Length - 1)];
        // In Windows-1252 the curly quotes, dashes and the euro sign stand where Latin-1 has nothing.
        string guess = wrong is >= 0x80 and < 0xA0 ? "Windows-1252" : "Latin-1 or Windows-1252";
        return new ArtifactException($"field {column + 1} is not UTF-8 (byte 0x{wrong:X2}); the file looks like {guess}. Save it as UTF-8, or convert it: iconv -f {(wrong < 0xA0 ? "WINDOWS-1252" : "LATIN1")} -t UTF-8", line);
    }

    /// <summary>The failure for a header with NUL bytes.</summary>
    public static ArtifactException RefuseNul() =>
        new("the header has NUL bytes; the file is binary, or UTF-16 without a byte order mark. Save it as UTF-8, or convert it: iconv -f UTF-16LE -t UTF-8", 1);

    private static Stream Converted(Stream stream, Encoding encoding)
    {
        stream.Position = 2;
        return Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8);
    }
}
