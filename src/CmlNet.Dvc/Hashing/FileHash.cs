using System.Buffers;
using System.Security.Cryptography;

#pragma warning disable CA5351 // MD5 names content here; it protects nothing.
namespace CmlNet.Dvc.Hashing;

/// <summary>MD5 of a file, of its bytes or (before DVC 3) with line ends of text turned to <c>\n</c> first.</summary>
public static class FileHash
{
    private const int Chunk = 1 << 20;
    private const int Looked = 512;

    /// <summary>Lower-case hex.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isLegacy">As <c>md5-dos2unix</c>.</param>
    /// <param name="cancellationToken">Stops between chunks.</param>
    public static string Compute(string path, bool isLegacy, CancellationToken cancellationToken)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        // The buffer fits small files, of which there are many.
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(RandomAccess.GetLength(file) + 1, 4096, Chunk));
        try
        {
            int first = Fill(file, buffer, 0);
            if (first < Math.Min(buffer.Length, Chunk))
                return Hex(MD5.HashData(isLegacy ? Convert(buffer.AsSpan(0, first)) : buffer.AsSpan(0, first)));
            return ComputeLarge(file, ref buffer, isLegacy, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The hash of bytes already read, as they are.</summary>
    public static string Compute(ReadOnlySpan<byte> content) => Hex(MD5.HashData(content));

    private static string ComputeLarge(Microsoft.Win32.SafeHandles.SafeFileHandle file, ref byte[] buffer, bool isLegacy, CancellationToken cancellationToken)
    {
        if (buffer.Length < Chunk)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        long offset = 0;
        int read;
        // Chunks of exactly 1 MiB: the old hash decides for each on its own whether it is text.
        while ((read = Fill(file, buffer.AsSpan(0, Chunk), offset)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(isLegacy ? Convert(buffer.AsSpan(0, read)) : buffer.AsSpan(0, read));
            offset += read;
        }

        return Hex(hash.GetHashAndReset());
    }

    private static int Fill(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> buffer, long offset)
    {
        buffer = buffer[..Math.Min(buffer.Length, Chunk)];
        int filled = 0, read;
        while (filled < buffer.Length && (read = RandomAccess.Read(file, buffer[filled..], offset + filled)) > 0)
            filled += read;
        return filled;
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

    private static string Hex(ReadOnlySpan<byte> digest) => System.Convert.ToHexStringLower(digest);
}
