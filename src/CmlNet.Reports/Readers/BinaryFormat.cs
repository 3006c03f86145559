namespace CmlNet.Reports.Readers;

/// <summary>Tells files apart that hold tables or numbers but no text, by their first bytes: whoever names one is told what it is, and how to save it as text.</summary>
internal static class BinaryFormat
{
    /// <summary>How many bytes have to be known.</summary>
    public const int Longest = 16;

    /// <summary>What it is, and what to do; null for all else.</summary>
    /// <param name="head">The first bytes, fewer at the end of the file.</param>
    public static string? Refusal(ReadOnlySpan<byte> head) =>
        head.StartsWith("PAR1"u8) ? Saved("a Parquet file", "pandas.read_parquet")
        : head.StartsWith("ARROW1"u8) || head.StartsWith("FEA1"u8) ? Saved("a Feather file", "pandas.read_feather")
        : head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F']) ? Saved("an HDF5 file", "pandas.read_hdf")
        : head.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y']) ? "this is a NumPy array, which is not read; save it with numpy.savetxt(..., delimiter=',', header='y_true,y_pred', comments='')"
        : head.StartsWith("PK\x03\x04"u8) ? "this is a ZIP archive (or an Excel or NumPy file, which are such); save its table as CSV"
        : head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "this is compressed with gzip; unpack it: gunzip"
        : head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) ? "this is compressed with zstd; unpack it: unzstd"
        : head.StartsWith("SQLite format 3\0"u8) ? "this is an SQLite database; save its table as CSV"
        : head.Length > 2 && head[0] == 0x80 && head[1] is >= 2 and <= 5 ? Saved("a Python pickle", "pandas.read_pickle")
        : null;

    private static string Saved(string what, string reader) => $"this is {what}, which is not read; save it as CSV: {reader}(...).to_csv(..., index=False)";
}
