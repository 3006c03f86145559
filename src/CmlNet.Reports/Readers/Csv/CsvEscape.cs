namespace CmlNet.Reports.Readers.Csv;

/// <summary>Quotes inside a quoted field.</summary>
internal static class CsvEscape
{
    /// <summary>The text with doubled quotes made single.</summary>
    public static byte[] Undo(ReadOnlySpan<byte> raw)
    {
        byte[] text = new byte[raw.Length];
        int length = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            text[length++] = raw[i];
            if (raw[i] == '"')
                i++;
        }

        return text[..length];
    }
}
