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
        return Open(repository.Root);
    }

    /// <summary>Null when git cannot be started.</summary>
    /// <param name="directory">A folder of the repository; when it is of none, git ends, and every read fails.</param>
    public static GitObjects? Open(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return GitRepository.Start(directory, ["cat-file", "--batch"]) is { } process ? new GitObjects(process) : null;
    }

    /// <summary>Full hash of the commit a revision names; null when it names none.</summary>
    /// <exception cref="IOException">git ended early.</exception>
    public string? Commit(string revision) => Ask(revision + "^{commit}") is { Kind: "commit" } commit ? commit.Hash : null;

    /// <summary>Content of a file at a commit; null when it is not there, or is not a file.</summary>
    /// <param name="sha">Full hash of the commit.</param>
    /// <param name="path">Relative to the repository's root, with forward slashes.</param>
    /// <exception cref="IOException">git ended early, or the file is larger than 1 GiB.</exception>
    public byte[]? Read(string sha, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Ask($"{sha}:{path}") is { Kind: "blob" } file ? file.Content : null;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _answers.Dispose();
        _process.Dispose();
    }

    private (string Hash, string Kind, byte[] Content)? Ask(string name)
    {
        if (name.AsSpan().ContainsAny('\n', '\0'))
            return null; // the protocol has one request per line
        _process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(name + "\n"));
        _process.StandardInput.BaseStream.Flush();
        string header = ReadLine();
        string[] parts = header.Split(' ');
        if (parts.Length != 3 || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long size))
            return null; // "<object> missing", or ambiguous
        if (size > LargestFile)
            throw new IOException($"{name} is larger than 1 GiB");
        byte[] content = new byte[size];
        _answers.ReadExactly(content);
        _answers.ReadByte(); // a line feed ends the content
        return (parts[0], parts[1], content);
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
