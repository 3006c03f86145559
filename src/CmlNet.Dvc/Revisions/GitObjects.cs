using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CmlNet.Dvc.Revisions;

/// <summary>Files at any commit, straight from the object store: one <c>git cat-file --batch</c> serves every read.</summary>
public sealed class GitObjects : IDisposable
{
    private const int LargestFile = 1 << 30;
    private const int MostFiles = 1_000_000;
    private const int FoldersAtOnce = 32; // their names fit into the smallest pipe, so that nobody waits for the other to read
    private readonly IDisposable _process;
    private readonly Stream _questions;
    private readonly Stream _answers;
    private bool _isLost;

    private GitObjects(SpawnedProcess process) => (_process, _questions, _answers) = (process, process.Input, new BufferedStream(process.Output, 64 * 1024));

    private GitObjects(Process process) => (_process, _questions, _answers) = (process, process.StandardInput.BaseStream, new BufferedStream(process.StandardOutput.BaseStream, 64 * 1024));

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
        string[] arguments = ["cat-file", "--batch"];
        if (GitRepository.Spawn(directory, arguments) is { } spawned)
            return new GitObjects(spawned);
        return GitRepository.Start(directory, arguments) is { } process ? new GitObjects(process) : null;
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

    /// <summary>Paths of the files, links and submodules of a commit, with forward slashes, in ordinal order; none when it is not there.</summary>
    /// <param name="sha">Full hash of the commit.</param>
    /// <exception cref="IOException">git ended early, a folder's object is broken, or there are over a million files.</exception>
    public IReadOnlyList<string> Files(string sha)
    {
        var files = new List<string>();
        var folders = new List<Folder> { new("", sha + "^{tree}") };
        int seen = 0;
        bool isWhole = true;
        while (folders.Count > 0 && isWhole)
        {
            List<Folder> asked = folders[^Math.Min(folders.Count, FoldersAtOnce)..];
            folders.RemoveRange(folders.Count - asked.Count, asked.Count);
            seen += asked.Count;
            Send(string.Join('\n', asked.Select(folder => folder.Name)));
            // All answers are taken, also after one that is of no use: else they would be taken for those to later questions.
            foreach (Folder folder in asked)
            {
                if (Receive(folder.Name) is { Kind: "tree" } tree)
                    List(tree.Content, tree.Hash.Length / 2, folder.Prefix, files, folders);
                else
                    isWhole = false;
                if (files.Count + folders.Count + seen > MostFiles)
                    throw Lost($"{sha} has over a million files and folders");
            }
        }

        files.Sort(string.CompareOrdinal);
        return isWhole ? files : [];
    }

    /// <summary>The work tree around a folder, told by git's own answers and by the folder's files; null when that is not plain, and git must be asked for it.</summary>
    /// <param name="directory">The folder that this was opened for, no link in its path.</param>
    public GitRepository? WorkTree(string directory)
    {
        try
        {
            // git answers only where it found a repository, and may read it.
            return PlainWorkTree.Around(directory) is { } root && Commit("HEAD") is not null ? GitRepository.At(root) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        // git ends when it has no more questions; nobody needs to wait for it.
        _questions.Dispose();
        _answers.Dispose();
        _process.Dispose();
    }

    private (string Hash, string Kind, byte[] Content)? Ask(string name)
    {
        if (name.AsSpan().ContainsAny('\n', '\0'))
            return null; // the protocol has one request per line
        Send(name);
        return Receive(name);
    }

    private void Send(string name)
    {
        if (_isLost)
            throw new IOException("git's answers were left unread; ask again in a new process");
        _questions.Write(Encoding.UTF8.GetBytes(name + "\n"));
        _questions.Flush();
    }

    private (string Hash, string Kind, byte[] Content)? Receive(string name)
    {
        string header = ReadLine();
        string[] parts = header.Split(' ');
        if (parts.Length != 3 || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long size))
            return null; // "<object> missing", or ambiguous
        if (size > LargestFile)
            throw Lost($"{name} is larger than 1 GiB");
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

    // Entries of a tree object: mode, space, name, zero byte, hash.
    private void List(ReadOnlySpan<byte> tree, int hashLength, string prefix, List<string> files, List<Folder> folders)
    {
        while (tree.Length > 0)
        {
            int space = tree.IndexOf((byte)' '), end = tree.IndexOf((byte)0);
            if (space < 0 || end < space || tree.Length < end + 1 + hashLength)
                throw Lost($"the object of the folder '{prefix}' is broken; see what is wrong with: git fsck");
            string path = prefix + Encoding.UTF8.GetString(tree[(space + 1)..end]);
            if (tree[..space].SequenceEqual("40000"u8))
                folders.Add(new Folder(path + "/", Convert.ToHexStringLower(tree.Slice(end + 1, hashLength))));
            else
                files.Add(path);
            tree = tree[(end + 1 + hashLength)..];
        }
    }

    private IOException Lost(string message)
    {
        _isLost = true;
        return new IOException(message);
    }

    private sealed record Folder(string Prefix, string Name);
}
