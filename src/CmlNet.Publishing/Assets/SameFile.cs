namespace CmlNet.Publishing.Assets;

/// <summary>Files are the same where their bytes are; what is no image goes by its name as well, which is what a reader saves it under.</summary>
internal sealed class SameFile : IEqualityComparer<Asset>
{
    private const int Looked = 64;

    private SameFile()
    {
    }

    public static SameFile Comparer { get; } = new();

    public bool Equals(Asset? x, Asset? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.MediaType == y.MediaType && (IsImage(x) || x.FileName == y.FileName) && x.Content.Span.SequenceEqual(y.Content.Span));

    /// <summary>The ends tell most files apart; comparing those that are left stops at the first difference.</summary>
    public int GetHashCode(Asset asset)
    {
        ReadOnlySpan<byte> content = asset.Content.Span;
        var hash = new HashCode();
        hash.Add(content.Length);
        hash.AddBytes(content[..Math.Min(Looked, content.Length)]);
        hash.AddBytes(content[^Math.Min(Looked, content.Length)..]);
        return hash.ToHashCode();
    }

    private static bool IsImage(Asset asset) => asset.MediaType.StartsWith("image/", StringComparison.Ordinal);
}
