using System.Text;
using CmlNet.Publishing.Assets.Serving;

namespace CmlNet.Publishing.Tests.Assets.Serving;

public sealed class AssetVaultTests : IDisposable
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1, 2, 3];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Store_SameBytesTwice_AreOneFileWithAnAddressNobodyCanCompute()
    {
        using AssetVault vault = Open();
        StoredAsset first = await StoreAsync(vault, Png, "a.png");
        StoredAsset second = await StoreAsync(vault, Png, "b.png");
        Assert.Equal((false, true), (first.IsKnown, second.IsKnown));
        Assert.Equal(first.File, second.File);
        Assert.Matches("^[0-9a-f]{32}\\.png$", first.File!.Name);
        Assert.DoesNotContain(first.File.Name[..16], Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Png)), StringComparison.Ordinal);
        Assert.Equal(Png, await File.ReadAllBytesAsync(vault.Find(first.File.Name)!.Path));
        Assert.Equal(Png.Length, vault.Total);
        using var other = new TemporaryDirectory();
        using AssetVault elsewhere = AssetVault.Open(new AssetVaultOptions { Directory = other.Path });
        Assert.NotEqual(first.File.Name, (await StoreAsync(elsewhere, Png, "a.png")).File!.Name);
    }

    [Theory]
    [InlineData("", "a.png", AssetRefusal.Empty)]
    [InlineData("<!DOCTYPE html><script>alert(1)</script>", "a.html", AssetRefusal.WrongType)]
    [InlineData("PK\u0003\u0004\0\0", "a.zip", AssetRefusal.WrongType)]
    [InlineData("\u0001\0\u0002", "a.png", AssetRefusal.WrongType)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789", "a.txt", AssetRefusal.TooLarge)]
    public async Task Store_NotToBeKept_SaysWhyAndLeavesNothing(string content, string name, AssetRefusal refusal)
    {
        using AssetVault vault = Open(new AssetVaultOptions { Directory = _directory.Path, SizeLimit = 64 });
        Assert.Equal(refusal, (await StoreAsync(vault, Encoding.UTF8.GetBytes(content), name)).Refusal);
        Assert.Empty(Files());
        Assert.Equal(0, vault.Total);
    }

    [Fact]
    public async Task Store_NoRoomLeft_IsRefusedAndWhatIsThereStays()
    {
        using AssetVault vault = Open(new AssetVaultOptions { Directory = _directory.Path, TotalLimit = 16 });
        ServedAsset kept = (await StoreAsync(vault, Png, "a.png")).File!;
        Assert.Equal(AssetRefusal.Full, (await StoreAsync(vault, [.. Png, 9], "b.png")).Refusal);
        Assert.True((await StoreAsync(vault, Png, "c.png")).IsKnown);
        Assert.Equal(kept, vault.Find(kept.Name));
    }

    [Fact]
    public async Task Store_SenderGone_LeavesNothing()
    {
        using AssetVault vault = Open();
        await Assert.ThrowsAsync<IOException>(() => vault.StoreAsync(new BrokenStream(Png), "a.png"));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Open_AfterACrash_KeepsFilesAndAddressesAndRemovesHalves()
    {
        ServedAsset kept;
        using (AssetVault vault = Open())
            kept = (await StoreAsync(vault, Png, "a.png")).File!;
        _directory.Write("incoming/half", [1, 2, 3]);
        using AssetVault again = Open();
        Assert.Equal(kept, again.Find(kept.Name));
        Assert.Equal(kept.Name, (await StoreAsync(again, Png, "a.png")).File!.Name);
        Assert.Equal(Png.Length, again.Total);
        Assert.Single(Files());
    }

    [Fact]
    public void Open_InUse_SaysSo()
    {
        using AssetVault vault = Open();
        Assert.Contains("no other server uses it", Assert.Throws<PublishingException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../key")]
    [InlineData("key")]
    [InlineData("00000000000000000000000000000000.exe")]
    [InlineData("00000000000000000000000000000000.png")]
    [InlineData("00/00000000000000000000000000000000.png")]
    [InlineData("0000000000000000000000000000000\0.png")]
    public void Find_NotAFileOfOurs_IsNothing(string name)
    {
        using AssetVault vault = Open();
        Assert.Null(vault.Find(name));
    }

    private static Task<StoredAsset> StoreAsync(AssetVault vault, byte[] content, string name) => vault.StoreAsync(new MemoryStream(content), name);

    private AssetVault Open(AssetVaultOptions? options = null) => AssetVault.Open(options ?? new AssetVaultOptions { Directory = _directory.Path });

    private IEnumerable<string> Files() =>
        new[] { "files", "incoming" }.SelectMany(d => Directory.EnumerateFiles(Path.Combine(_directory.Path, d), "*", SearchOption.AllDirectories));

    /// <summary>Sends something, and then no more.</summary>
    private sealed class BrokenStream(byte[] start) : MemoryStream(start)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await base.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new IOException("reset by peer");
        }
    }
}
