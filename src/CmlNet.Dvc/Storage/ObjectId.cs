using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Storage;

/// <summary>The name of something in a cache: an MD5, with <c>.dir</c> for a folder's list of files.</summary>
public sealed record ObjectId
{
    private const int Digits = 32;

    private ObjectId(string value, bool isLegacy) => (Value, IsLegacy) = (value, isLegacy);

    /// <summary>As it stands in DVC's files.</summary>
    public string Value { get; }

    /// <summary>Made before DVC 3: other line ends, other place in the cache.</summary>
    public bool IsLegacy { get; }

    public bool IsDirectory => Value.EndsWith(".dir", StringComparison.Ordinal);

    /// <summary>Where it lies below a cache or a remote.</summary>
    public string RelativePath => $"{(IsLegacy ? "" : "files/md5/")}{Value.AsSpan(0, 2)}/{Value.AsSpan(2)}";

    /// <summary>Checks that it is a hash: what stands in a repository's files becomes a path.</summary>
    /// <exception cref="DvcException">It is not.</exception>
    public static ObjectId Parse(string value, bool isLegacy) => TryParse(value, isLegacy)
        ?? throw new DvcException($"'{value}' is not an MD5 of 32 hexadecimal digits, with or without '.dir'");

    /// <summary>Null when it is no hash.</summary>
    public static ObjectId? TryParse(string value, bool isLegacy)
    {
        ArgumentNullException.ThrowIfNull(value);
        ReadOnlySpan<char> hex = value.EndsWith(".dir", StringComparison.Ordinal) ? value.AsSpan(0, value.Length - 4) : value;
        if (hex.Length != Digits)
            return null;
        foreach (char c in hex)
        {
            if (!char.IsAsciiHexDigit(c))
                return null;
        }

        return new ObjectId(value.ToLowerInvariant(), isLegacy);
    }
}
