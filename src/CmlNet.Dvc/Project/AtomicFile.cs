using System.Text;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Project;

/// <summary>Replaces files in one step: a reader, or a crash, meets the old content or the new one.</summary>
public static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>UTF-8 text. A link is followed, so that it stays one.</summary>
    public static void Write(string path, string text) => Write(path, Utf8.GetBytes(text));

    /// <summary>UTF-8 text in a file of our own: a repository may hold a link in its place, which is replaced and not followed.</summary>
    public static void WriteOwn(string path, string text) => WriteOwn(path, Utf8.GetBytes(text));

    /// <summary>Bytes, a link being replaced.</summary>
    public static void WriteOwn(string path, ReadOnlySpan<byte> content)
    {
        if (new FileInfo(path).LinkTarget is not null)
            File.Delete(path);
        Write(path, content);
    }

    /// <summary>Bytes.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string target = new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        string temporary = FileLinker.TemporaryName(target);
        try
        {
            File.WriteAllBytes(temporary, content);
            if (!OperatingSystem.IsWindows() && File.Exists(target))
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(target));
            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary); // a full disk leaves the beginning of it
            throw;
        }
    }
}
