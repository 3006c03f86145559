using Microsoft.Win32.SafeHandles;

namespace CmlNet.Publishing.Assets;

/// <summary>Reads files whose names come from strangers: regular ones only, under given directories, up to a size, never waiting.</summary>
internal static class RegularFile
{
    public static FileContent Read(string path, long limit, string root) => Read(path, limit, [root]);

    /// <param name="path">Absolute.</param>
    /// <param name="limit">Bytes.</param>
    /// <param name="roots">The directories of which one must hold the file once all links are followed.</param>
    public static FileContent Read(string path, long limit, IReadOnlyList<string> roots)
    {
        try
        {
            return OperatingSystem.IsLinux() ? ReadOnLinux(path, limit, roots) : ReadElsewhere(path, limit, roots);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return FileContent.Refuse("it cannot be read: " + e.Message);
        }
    }

    private static FileContent ReadOnLinux(string path, long limit, IReadOnlyList<string> roots)
    {
        // The kind is asked before opening (opening a device may act on it) and again after (it may have been swapped).
        FileKind kind = NativeFile.KindOf(path);
        if (Refusal(kind) is { } refusal)
            return refusal;
        using SafeFileHandle? handle = NativeFile.OpenForReading(path);
        if (handle is null)
            return FileContent.Refuse("it cannot be opened");
        if (Refusal(NativeFile.KindOf(handle)) is { } swapped)
            return swapped;
        string canonical = NativeFile.Canonical(handle) ?? "";
        if (!IsUnderAny(canonical, roots.Select(NativeFile.Canonical)))
            return Outside(canonical);
        using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        return ReadAll(stream, limit, canonical);
    }

    private static FileContent ReadElsewhere(string path, long limit, IReadOnlyList<string> roots)
    {
        var file = new FileInfo(path);
        if (Directory.Exists(path))
            return FileContent.Refuse("it is a directory");
        if (!file.Exists)
            return FileContent.Missing;
        if (file.Attributes.HasFlag(FileAttributes.Device))
            return FileContent.Refuse("it is not a regular file");
        string canonical = LinkFreePath.Of(path);
        if (!IsUnderAny(canonical, roots.Select(LinkFreePath.Of)))
            return Outside(canonical);
        using var stream = new FileStream(canonical, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        return stream.CanSeek ? ReadAll(stream, limit, canonical) : FileContent.Refuse("it is not a regular file");
    }

    private static FileContent ReadAll(FileStream stream, long limit, string canonical)
    {
        if (stream.Length > limit)
            return FileContent.Refuse($"it has {stream.Length} bytes and the limit is {limit}");
        byte[] content = new byte[stream.Length];
        int length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return new FileContent { Content = content.AsMemory(0, length), Path = canonical };
    }

    private static FileContent? Refusal(FileKind kind) => kind switch
    {
        FileKind.Missing => FileContent.Missing,
        FileKind.Directory => FileContent.Refuse("it is a directory"),
        FileKind.Other => FileContent.Refuse("it is not a regular file"),
        _ => null,
    };

    private static FileContent Outside(string canonical) =>
        FileContent.Refuse($"it is '{canonical}', outside the repository and the report's directory");

    private static bool IsUnderAny(string path, IEnumerable<string?> roots) =>
        roots.Any(root => root is not null && path.StartsWith(root.EndsWith('/') ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal));
}
