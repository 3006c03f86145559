using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CmlNet.Workflows.Execution.Files;

/// <summary>Reads the files a job writes its results to. The job owns the directory, so nothing about the file is taken on trust.</summary>
/// <remarks>
/// A job may have put a link to a host file, a FIFO that never answers, or a device in its place. So: look without following,
/// never open what has no size (FIFOs, sockets and devices report none), open without following or blocking,
/// and read no more than the size the open file itself reports.
/// </remarks>
internal static class CommandFileReader
{
    /// <summary>For environment, output, state and path files, in bytes.</summary>
    public const long DefaultLimit = 64L * 1024 * 1024;

    private static readonly UTF8Encoding Decoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <summary>Reads the file, or returns null when it does not exist.</summary>
    /// <exception cref="CommandFileException">It is no plain file, lies behind a link, or is larger than <paramref name="limit"/> bytes.</exception>
    public static CommandFileContent? Read(string path, long limit = DefaultLimit)
    {
        CommandFileContent? content = ReadUpTo(path, limit);
        if (content is not null && content.Size > limit)
            throw new CommandFileException(path, $"the file is {content.Size} bytes large, at most {limit} are read; write less to it.");
        return content;
    }

    /// <summary>As <see cref="Read"/>, but a file over the limit gives its size and no text.</summary>
    public static CommandFileContent? ReadUpTo(string path, long limit)
    {
        try
        {
            return ReadPlain(path, limit);
        }
        catch (UnauthorizedAccessException)
        {
            throw new CommandFileException(path, "the file may not be read; the step must leave it readable.");
        }
        catch (IOException error)
        {
            throw new CommandFileException(path, $"the file could not be read ({error.GetType().Name}); the step must leave it a plain file.");
        }
    }

    private static CommandFileContent? ReadPlain(string path, long limit)
    {
        var file = new FileInfo(path);
        if (file.Directory is { } parent && IsLink(parent))
            throw new CommandFileException(path, "its directory was replaced by a link; links are not followed.");
        if (IsLink(file))
            throw new CommandFileException(path, "the file was replaced by a link; links are not followed.");
        if (Directory.Exists(path))
            throw new CommandFileException(path, "the file was replaced by a directory.");
        if (!file.Exists)
            return null;
        if (file.Length == 0)
            return new CommandFileContent("", 0);

        using SafeFileHandle handle = PlainFile.OpenRead(path);
        long size = RandomAccess.GetLength(handle);
        return size > limit ? new CommandFileContent("", size) : new CommandFileContent(Decode(ReadBytes(handle, (int)size)), size);
    }

    private static bool IsLink(FileSystemInfo info) => info.LinkTarget is not null || (info.Exists && info.Attributes.HasFlag(FileAttributes.ReparsePoint));

    private static byte[] ReadBytes(SafeFileHandle handle, int size)
    {
        byte[] buffer = new byte[size];
        int read = 0;
        while (read < size)
        {
            int count = RandomAccess.Read(handle, buffer.AsSpan(read), read);
            if (count == 0)
                return buffer[..read];
            read += count;
        }

        return buffer;
    }

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> mark = Encoding.UTF8.Preamble;
        return Decoding.GetString(bytes.StartsWith(mark) ? bytes[mark.Length..] : bytes);
    }
}
