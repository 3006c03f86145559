using System.Diagnostics;
using System.Security.Cryptography;
using CmlNet.Dvc.Hashing;

#pragma warning disable CA5351 // MD5 is what is tested.
namespace CmlNet.Dvc.Tests.Hashing;

public sealed class FileHashTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-hash-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(1 << 20)]
    [InlineData((1 << 20) + 1)]
    [InlineData(3 * (1 << 20) + 17)]
    public void Compute_AnySize_IsWhatMd5sumSays(int size)
    {
        string path = Path.Combine(_folder, "file");
        byte[] content = new byte[size];
        new Random(size).NextBytes(content);
        File.WriteAllBytes(path, content);
        using Process process = Process.Start(new ProcessStartInfo("md5sum", [path]) { RedirectStandardOutput = true, UseShellExecute = false })!; // only null when a process is reused
        string expected = process.StandardOutput.ReadToEnd().Split(' ')[0];
        Assert.Equal(expected, FileHash.Compute(path, isLegacy: false, CancellationToken.None));
    }

    [Fact]
    public void Compute_LegacyText_HashesUnixLineEnds()
        => Assert.Equal(Hash("a\nb\rc\n"u8.ToArray()), Legacy("a\r\nb\rc\r\n"u8.ToArray()));

    [Fact]
    public void Compute_LegacyBinary_HashesTheBytes()
    {
        byte[] content = [.. "a\r\n"u8, 0];
        Assert.Equal(Hash(content), Legacy(content));
    }

    /// <summary>Each chunk of 1 MiB is decided alone, and a line end across two chunks stays.</summary>
    [Fact]
    public void Compute_LegacyLarge_DecidesChunkByChunk()
    {
        const int Chunk = 1 << 20;
        byte[] content = new byte[2 * Chunk + 6];
        Array.Fill(content, (byte)'x');
        "\r\n"u8.CopyTo(content);
        content[Chunk - 1] = (byte)'\r';
        content[Chunk] = (byte)'\n';
        content[Chunk + 1] = 0; // the second chunk is binary
        "\r\n"u8.CopyTo(content.AsSpan(Chunk + 10));
        "\r\n"u8.CopyTo(content.AsSpan(2 * Chunk));
        byte[] expected = [.. content[1..(2 * Chunk)], .. content[(2 * Chunk + 1)..]];
        Assert.Equal(Hash(expected), Legacy(content));
    }

    [Fact]
    public void Compute_LegacyThreshold_IsThirtyPercent()
    {
        byte[] text = [.. Enumerable.Repeat((byte)0x80, 3), .. "abcde\r\n"u8];
        byte[] binary = [.. Enumerable.Repeat((byte)0x80, 4), .. "abcd\r\n"u8];
        Assert.NotEqual(Hash(text), Legacy(text));
        Assert.Equal(Hash(binary), Legacy(binary));
    }

    private string Legacy(byte[] content)
    {
        string path = Path.Combine(_folder, "legacy");
        File.WriteAllBytes(path, content);
        return FileHash.Compute(path, isLegacy: true, CancellationToken.None);
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(MD5.HashData(content));
}
