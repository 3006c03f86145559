namespace CmlNet.Publishing.Assets;

/// <summary>HMAC-SHA-256 (RFC 2104) over <see cref="Sha256"/>, which needs no OpenSSL.</summary>
internal static class Hmac
{
    private const int BlockSize = 64;

    public static byte[] Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> content)
    {
        Span<byte> block = stackalloc byte[BlockSize];
        block.Clear();
        if (key.Length > BlockSize)
            Sha256.Hash(key).CopyTo(block);
        else
            key.CopyTo(block);
        return Round(block, 0x5c, Round(block, 0x36, content));
    }

    private static byte[] Round(ReadOnlySpan<byte> block, byte pad, ReadOnlySpan<byte> content)
    {
        Span<byte> mixed = stackalloc byte[BlockSize];
        for (int i = 0; i < BlockSize; i++)
            mixed[i] = (byte)(block[i] ^ pad);
        var hash = new Sha256();
        hash.Append(mixed);
        hash.Append(content);
        return hash.Finish();
    }
}
