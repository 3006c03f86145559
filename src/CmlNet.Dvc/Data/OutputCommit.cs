using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Data;

/// <summary>Records what lies in the work tree as the content of outputs, and puts it into the cache.</summary>
/// <param name="project">Whose work tree it is.</param>
/// <param name="isCopy">What is looked at lies in DVC's own folder, on its way.</param>
public sealed class OutputCommit(DvcProject project, bool isCopy = false)
{
    private readonly WorkspaceHasher _hasher = new(project, isCopy);
    private readonly CacheWriter _writer = new(project);

    /// <summary>Records one output.</summary>
    /// <param name="output">What it is recorded in.</param>
    /// <param name="stores">Into the cache, too; else only the hash is taken.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="links">The work tree's files may become links, where such are asked for.</param>
    /// <exception cref="DvcException">There is nothing at the path.</exception>
    public void Apply(Output output, bool stores, CancellationToken cancellationToken, bool links = true)
    {
        ArgumentNullException.ThrowIfNull(output);
        HashedPath content = Hash(output.Path, output.Recorded, cancellationToken) ?? throw new DvcException($"output '{output.Path}' does not exist");
        Check(output.Path, content);
        // What lies elsewhere on this machine is not for the cache, and from there for a remote.
        if (output.IsCached)
            SafePath.Check(project, output.Path);
        if (stores && output.IsCached)
            _writer.Add(output.Path, content, links, cancellationToken);
        FileRecord record = content.ToRecord();
        // What has not changed stays as it was written, older forms included.
        output.Recorded = output.Recorded is { } old && old.IsSameContent(record) && (old.Size is null || old.IsExecutable == record.IsExecutable) ? old : record;
        if (!output.IsCached)
            return;
        GitIgnoreFile.Add(project, output.Path);
        var ledger = OutputLedger.Read(project);
        ledger.Set(output.Path, output.Recorded.Id);
        ledger.Save();
    }

    /// <summary>Puts an output that git has into the cache as well, so that a run's results can be had again. Its file stays as it is.</summary>
    public void Keep(Output output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Hash(output.Path, output.Recorded, cancellationToken) is { } content)
            _writer.Add(output.Path, content, links: false, cancellationToken);
    }

    /// <summary>The content of a path, hashed the old way while it is what was recorded the old way.</summary>
    public HashedPath? Hash(string path, FileRecord? recorded, CancellationToken cancellationToken)
    {
        if (recorded?.Id is { IsLegacy: true } legacy && _hasher.Hash(path, isLegacy: true, cancellationToken) is { } old && old.Id == legacy)
            return old;
        return _hasher.Hash(path, isLegacy: false, cancellationToken);
    }

    /// <summary>Adds the <c>.gitignore</c> line for an output.</summary>
    public static void KeepOutOfGit(DvcProject project, Output output)
    {
        ArgumentNullException.ThrowIfNull(output);
        GitIgnoreFile.Add(project, output.Path);
    }

    private static void Check(string path, HashedPath content)
    {
        if (content.Listing?.Files.FirstOrDefault(file => file.Key.Contains('\uFFFD', StringComparison.Ordinal)) is { Key: { } broken })
            throw new DvcException($"{path}/{broken}: the name is not UTF-8; rename it");
    }
}
