using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CmlNet.Dvc.Revisions;

/// <summary>Files at any commit, straight from the object store: one <c>git cat-file --batch</c> serves every read.</summary>
public sealed class GitObjects : IDisposable
{
    private const int LargestFile = 1 << 30;
    private readonly Process _process;
    private readonly Stream _answers;

    private GitObjects(Process process)
    {
        _process = process;
        _answers = new BufferedStream(process.StandardOutput.BaseStream, 64 * 1024);
    }

    /// <summary>Null when git cannot be started.</summary>
    public static GitObjects? Open(GitRepository repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return GitRepository.Start(repository.Root, ["cat-file", "--batch"]) is { } process ? new GitObjects(process) : null;
    }

    /// <summary>Content of a file at a commit; null when it is not there, or is not a file.</summary>
    /// <param name="sha">Full hash of the commit.</param>
    /// <param name="path">Relative to the repository's root, with forward slashes.</param>
    /// <exception cref="IOException">git ended early, or the file is larger than 1 GiB.</exception>
    public byte[]? Read(string sha, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.AsSpan().ContainsAny('\n', '\0'))
            return null; // the protocol has one request per line
        _process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes($"{sha}:{path}\n"));
        _process.StandardInput.BaseStream.Flush();
        string header = ReadLine();
        string[] parts = header.Split(' ');
        if (parts.Length != 3 || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long size))
            return null; // "<object> missing", or ambiguous
        if (size > LargestFile)
            throw new IOException($"{path} at {sha} is larger than 1 GiB");
        byte[] content = new byte[size];
        _answers.ReadExactly(content);
        _answers.ReadByte(); // a line feed ends the content
        return parts[1] == "blob" ? content : null;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _answers.Dispose();
        _process.Dispose();
    }

    private string ReadLine()
    {
        var line = new List<byte>();
        int read;
        while ((read = _answers.ReadByte()) != '\n')
        {
            if (read < 0)
                throw new IOException("git cat-file ended before it answered");
            line.Add((byte)read);
        }

        return Encoding.UTF8.GetString([.. line]);
    }
}
