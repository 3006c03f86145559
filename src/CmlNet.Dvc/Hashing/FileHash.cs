using System.Buffers;
using System.Security.Cryptography;

#pragma warning disable CA5351 // MD5 names content here; it protects nothing.
namespace CmlNet.Dvc.Hashing;

/// <summary>MD5 of a file, of its bytes or (before DVC 3) with line ends of text turned to <c>\n</c> first.</summary>
public static class FileHash
{
    private const int Chunk = 1 << 20;
    private const int Looked = 512;

    /// <summary>Stays in the processor's cache between the read and the hash; from here on the platform's hash is the faster one.</summary>
    private const int Small = 1 << 17;

    /// <summary>Lower-case hex.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isLegacy">As <c>md5-dos2unix</c>.</param>
    /// <param name="cancellationToken">Stops between chunks.</param>
    public static string Compute(string path, bool isLegacy, CancellationToken cancellationToken) => Compute(path, -1, isLegacy, cancellationToken);

    /// <summary>As above, of a file whose size is known: a small one is then read by one call.</summary>
    internal static string Compute(string path, long size, bool isLegacy, CancellationToken cancellationToken)
    {
        using SequentialFile file = SequentialFile.Open(path);
        return Compute(file, size, isLegacy, cancellationToken);
    }

    /// <summary>As above, of a file that is open.</summary>
    internal static string Compute(SequentialFile file, long size, bool isLegacy, CancellationToken cancellationToken)
    {
        // Chunks of exactly 1 MiB for the old hash: it decides for each on its own whether it is text.
        int length = isLegacy ? Chunk : Small;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(size >= 0 && size < Small ? Small : length);
        try
        {
            Span<byte> whole = buffer.AsSpan(0, Math.Min(buffer.Length, length));
            int read = file.Fill(whole, size);
            if (read < whole.Length)
                return Compute(isLegacy ? Convert(whole[..read]) : whole[..read]);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
            for (; read > 0; read = file.Fill(whole))
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(isLegacy ? Convert(whole[..read]) : whole[..read]);
            }

            return Hex(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The hash of bytes already read, as they are.</summary>
    public static string Compute(ReadOnlySpan<byte> content)
    {
        Span<byte> digest = stackalloc byte[Md5.Size];
        Md5.Hash(content, digest);
        return Hex(digest);
    }

    /// <summary>In place: <c>\r\n</c> to <c>\n</c> when the chunk begins like text.</summary>
    private static Span<byte> Convert(Span<byte> chunk)
    {
        if (!IsText(chunk[..Math.Min(chunk.Length, Looked)]))
            return chunk;
        int to = 0;
        for (int from = 0; from < chunk.Length; from++)
        {
            if (chunk[from] != '\r' || from + 1 == chunk.Length || chunk[from + 1] != '\n')
                chunk[to++] = chunk[from];
        }

        return chunk[..to];
    }

    private static bool IsText(ReadOnlySpan<byte> start)
    {
        int others = 0;
        foreach (byte b in start)
        {
            if (b == 0)
                return false;
            if (b is not (>= 0x20 and <= 0x7e or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'\f' or (byte)'\b'))
                others++;
        }

        return others <= 0.3 * start.Length;
    }

    private static string Hex(ReadOnlySpan<byte> digest) => HexText.Of(digest);
}
