using CmlNet.Workflows.Execution.Files;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Execution.Workspace;
using Microsoft.Win32.SafeHandles;

namespace CmlNet.Workflows.Actions.Artifacts;

/// <summary>A run's artifacts: <c>artifacts/&lt;name&gt;/</c> in its run directory, one folder each, only plain files.</summary>
internal sealed class ArtifactStore(string runDirectory)
{
    private string Root => Path.Combine(runDirectory, "artifacts");

    public IReadOnlyList<string> Names() =>
        Directory.Exists(Root) ? [.. new DirectoryInfo(Root).EnumerateDirectories().Select(folder => folder.Name).Where(name => !name.StartsWith(".upload-", StringComparison.Ordinal)).Order(StringComparer.Ordinal)] : [];

    public string Folder(string name) => Path.Combine(Root, ArtifactName.Demand(name));

    /// <summary>Removes an artifact; one that is not there is none.</summary>
    public void Remove(string name)
    {
        if (Directory.Exists(Folder(name)))
            Directory.Delete(Folder(name), recursive: true);
    }

    /// <summary>Takes files over. They are complete before they appear under the name, so that two jobs cannot mix theirs.</summary>
    /// <param name="name">The artifact.</param>
    /// <param name="files">Paths on this machine, with the path each gets in the artifact.</param>
    /// <param name="merge">Add to an artifact of this name instead of refusing.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>The size in bytes.</returns>
    public long Add(string name, IReadOnlyList<(string Source, string Target)> files, bool merge, CancellationToken cancellationToken)
    {
        string folder = Folder(name);
        string staging = Path.Combine(Root, $".upload-{Guid.NewGuid():N}");
        Directory.CreateDirectory(staging);
        try
        {
            long size = 0;
            foreach ((string source, string target) in files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                size += Copy(source, Path.Combine(staging, target));
            }
            if (!Directory.Exists(folder))
                Directory.Move(staging, folder);
            else if (!merge)
                throw Conflict(name);
            else
                MoveInto(staging, folder);
            return size;
        }
        catch (IOException) when (!merge && Directory.Exists(folder))
        {
            throw Conflict(name);
        }
        finally
        {
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
        }
    }

    /// <summary>Copies an artifact's files below a folder of the job.</summary>
    /// <param name="name">The artifact.</param>
    /// <param name="root">The job's directory on this machine that <paramref name="target"/> lies in.</param>
    /// <param name="target">Created if missing; no link may be on the way.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    public int CopyTo(string name, string root, string target, CancellationToken cancellationToken)
    {
        string folder = Folder(name);
        int count = 0;
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string relative = Path.GetRelativePath(folder, file);
            string destination = Path.Combine(target, relative);
            LinkFreePath.Demand(root, destination, relative);
            Copy(file, destination);
            count++;
        }
        return count;
    }

    private static StepFailedException Conflict(string name) =>
        new($"An artifact with the name '{name}' already exists on this workflow run (409 Conflict); give it another name, or overwrite: true.");

    private static void MoveInto(string staging, string folder)
    {
        foreach (string file in Directory.EnumerateFiles(staging, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(folder, Path.GetRelativePath(staging, file));
            // Known to exist: the path has a folder in front.
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(file, target, overwrite: true);
        }
    }

    private static long Copy(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using SafeFileHandle from = PlainFile.OpenRead(source);
        using var input = new FileStream(from, FileAccess.Read);
        using FileStream output = File.Create(target);
        input.CopyTo(output);
        return output.Length;
    }
}
