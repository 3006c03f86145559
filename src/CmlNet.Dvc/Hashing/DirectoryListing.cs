using System.Buffers;
using System.Text;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Storage;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Hashing;

/// <summary>The files of a folder with their hashes: what a <c>.dir</c> object holds.</summary>
public sealed class DirectoryListing
{
    /// <summary>Quotes, keys and a hash.</summary>
    private const int EntryLength = 64;

    private byte[]? _content;

    private readonly KeyValuePair<string, string>[] _files;

    private DirectoryListing(KeyValuePair<string, string>[] files) => _files = files;

    /// <summary>Paths below the folder, with forward slashes and in code-point order, with the hash of each.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Files => _files;

    /// <summary>From files in any order.</summary>
    public static DirectoryListing Of(IEnumerable<KeyValuePair<string, string>> files) => Of([.. files]);

    /// <summary>From files in any order, which are put in order where they are.</summary>
    internal static DirectoryListing Of(KeyValuePair<string, string>[] all)
    {
        for (int i = 1; i < all.Length; i++)
        {
            if (CodePointComparer.Instance.Compare(all[i - 1].Key, all[i].Key) > 0)
            {
                Array.Sort(all, static (one, other) => CodePointComparer.Instance.Compare(one.Key, other.Key));
                break;
            }
        }

        return new DirectoryListing(all);
    }

    /// <summary>From the object's content; keys that older versions added are passed over.</summary>
    /// <exception cref="DvcException">It is not a list of files, or a path leads out of the folder.</exception>
    public static DirectoryListing Parse(ReadOnlySpan<byte> content, string name)
    {
        if (ListingScanner.Read(content) is { } plain)
            return Unique(plain.Select(file => KeyValuePair.Create(Checked(file.Path, name), file.Hash)), name);
        try
        {
            DvcValue list = JsonValueReader.Read(Encoding.UTF8.GetString(content));
            if (list.Kind != DvcValueKind.List)
                throw new DvcException($"{name} is not a list of files; remove it from the cache and fetch it again");
            return Unique(list.Items.Select(item => KeyValuePair.Create(Checked(item.Find("relpath")?.Text, name), ObjectId.Parse(item.Find("md5")?.Text ?? "", isLegacy: false).Value)), name);
        }
        catch (DvcFormatException e)
        {
            throw new DvcException($"{name} is not a list of files ({e.Message}); remove it from the cache and fetch it again", innerException: e);
        }
    }

    /// <summary>The object's content, byte for byte as DVC writes it.</summary>
    public byte[] Serialize()
    {
        if (_content is not null)
            return _content;
        int length = 2;
        foreach ((string path, _) in _files)
            length += path.Length + EntryLength;
        var content = new ArrayBufferWriter<byte>(length);
        content.Write("["u8);
        ReadOnlySpan<byte> separator = "{\"md5\": \""u8;
        foreach ((string path, string hash) in _files)
        {
            content.Write(separator);
            Encoding.ASCII.GetBytes(hash, content);
            content.Write("\", \"relpath\": "u8);
            WriteName(content, path);
            separator = "}, {\"md5\": \""u8;
        }

        content.Write(Files.Count > 0 ? "}]"u8 : "]"u8);
        return _content = content.WrittenSpan.ToArray();
    }

    // Most names are as they are between the quotes.
    private static void WriteName(ArrayBufferWriter<byte> content, string name)
    {
        if (PythonText.IsPlain(name))
        {
            content.Write("\""u8);
            Encoding.ASCII.GetBytes(name, content);
            content.Write("\""u8);
            return;
        }

        var text = new StringBuilder();
        PythonText.WriteString(text, name);
        Encoding.ASCII.GetBytes(text.ToString(), content);
    }

    /// <summary>The hash of <paramref name="content"/>, which <see cref="Serialize"/> gave.</summary>
    public static ObjectId IdOf(ReadOnlySpan<byte> content, bool isLegacy) => ObjectId.Parse(FileHash.Compute(content) + ".dir", isLegacy);

    // In order, the same names stand beside each other.
    private static DirectoryListing Unique(IEnumerable<KeyValuePair<string, string>> files, string name)
    {
        var listing = Of(files);
        for (int i = 1; i < listing.Files.Count; i++)
        {
            if (listing.Files[i].Key == listing.Files[i - 1].Key)
                throw new DvcException($"{name} names '{listing.Files[i].Key}' twice; remove it from the cache and fetch it again");
        }

        return listing;
    }

    /// <summary>A path below a folder, as somebody else names it.</summary>
    /// <exception cref="DvcException">It leads out of the folder, or into git's own.</exception>
    internal static string Checked(string? path, string name)
    {
        bool isSafe = path is { Length: > 0 } && !path.Contains('\0', StringComparison.Ordinal) && !path.StartsWith('/') && path.Split('/').All(part => part is not ("" or "." or ".."));
        if (isSafe && path!.Contains(".git", StringComparison.OrdinalIgnoreCase) && Array.Exists(path.Split('/'), Data.SafePath.IsGitFolder))
            throw new DvcException($"{name} names '{path}': what lies in a .git folder is no data; git would run it");
        return isSafe ? path! : throw new DvcException($"{name} names a file outside its folder: '{path}'"); // isSafe says it is not null
    }
}
