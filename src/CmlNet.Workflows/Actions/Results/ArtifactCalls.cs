using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using CmlNet.Workflows.Actions.Artifacts;
using CmlNet.Workflows.Actions.Results.Wire;
using CmlNet.Workflows.Execution.Events;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Results;

/// <summary>GitHub's artifact service, version 4: the artifacts are those that the built-in actions store, so that either finds the other's.</summary>
/// <param name="runId">Named in answers.</param>
/// <param name="store">Where the artifacts are.</param>
/// <param name="blobs">Uploads in progress.</param>
/// <param name="staging">An empty folder for what is unpacked.</param>
internal sealed class ArtifactCalls(string runId, ArtifactStore store, BlobFolder blobs, string staging)
{
    private readonly ConcurrentDictionary<string, string> _uploads = new(StringComparer.Ordinal);

    /// <param name="method">Of <c>github.actions.results.api.v1.ArtifactService</c>.</param>
    /// <param name="request">Its fields.</param>
    /// <param name="sign">From a path of this server to its signed address.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <exception cref="ResultsException">The call is refused.</exception>
    public ResultsAnswer Answer(string method, ResultsRequest request, Func<string, string> sign, CancellationToken cancellationToken) => method switch
    {
        "CreateArtifact" => Create(Name(request), sign),
        "FinalizeArtifact" => Complete(Name(request), cancellationToken),
        "ListArtifacts" => new ResultsAnswer { Artifacts = [.. store.Names().Select(Describe).Where(artifact => (request.NameFilter ?? artifact.Name) == artifact.Name && (request.IdFilter ?? artifact.DatabaseId) == artifact.DatabaseId)] },
        "GetSignedArtifactURL" => new ResultsAnswer { SignedUrl = sign($"/results/artifacts/{Uri.EscapeDataString(Existing(request))}") },
        "DeleteArtifact" => Delete(Existing(request)),
        _ => throw new ResultsException(404, "bad_route", $"ArtifactService has no {method} here"),
    };

    /// <summary>An artifact as one archive.</summary>
    public async Task WriteZipAsync(string name, Stream output, CancellationToken cancellationToken)
    {
        string folder = store.Folder(name);
        await using ZipArchive zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            await zip.CreateEntryFromFileAsync(file, Path.GetRelativePath(folder, file), CompressionLevel.Fastest, cancellationToken);
    }

    private ResultsAnswer Create(string name, Func<string, string> sign)
    {
        string id = BlobFolder.NewId();
        if (store.Names().Contains(name, StringComparer.Ordinal))
            throw Conflict();
        _uploads[name] = id;
        return new ResultsAnswer { Ok = true, SignedUploadUrl = sign($"/results/blobs/{id}") };
    }

    private ResultsAnswer Complete(string name, CancellationToken cancellationToken)
    {
        if (!_uploads.TryRemove(name, out string? id) || !File.Exists(blobs.File(id)))
            throw new ResultsException(404, "not_found", $"no artifact '{name}' was uploaded");
        string folder = Path.Combine(staging, id);
        Directory.CreateDirectory(folder);
        try
        {
            store.Add(name, Unpack(blobs.File(id), folder, cancellationToken), merge: false, cancellationToken);
            return new ResultsAnswer { Ok = true, ArtifactId = IdOf(name) };
        }
        catch (InvalidDataException e)
        {
            throw new ResultsException(400, "invalid_argument", $"the artifact is not a zip archive: {e.Message}");
        }
        catch (StepFailedException)
        {
            throw Conflict();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            blobs.Remove(id);
        }
    }

    /// <summary>Under numbers: what an entry's name says counts only in the store, and only when it stays in the artifact.</summary>
    private static List<(string Source, string Target)> Unpack(string archive, string folder, CancellationToken cancellationToken)
    {
        var files = new List<(string, string)>();
        using ZipArchive zip = ZipFile.OpenRead(archive);
        foreach (ZipArchiveEntry entry in zip.Entries.Where(entry => !entry.FullName.EndsWith('/')))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry.FullName.Split('/').Any(part => part is "" or "." or "..") || entry.FullName.AsSpan().ContainsAny('\\', '\0'))
                throw new InvalidDataException($"'{entry.FullName}' leads out of it");
            string file = Path.Combine(folder, files.Count.ToString(CultureInfo.InvariantCulture));
            entry.ExtractToFile(file);
            files.Add((file, entry.FullName));
        }
        return files;
    }

    private ResultsAnswer Delete(string name)
    {
        store.Remove(name);
        return new ResultsAnswer { Ok = true, ArtifactId = IdOf(name) };
    }

    private ListedArtifact Describe(string name)
    {
        var folder = new DirectoryInfo(store.Folder(name));
        return new ListedArtifact
        {
            WorkflowRunBackendId = runId,
            WorkflowJobRunBackendId = "job",
            DatabaseId = IdOf(name),
            Name = name,
            Size = folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length).ToString(CultureInfo.InvariantCulture),
            CreatedAt = folder.LastWriteTimeUtc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        };
    }

    private string IdOf(string name) => StableId.Of("artifact", $"{runId}/{name}").ToString(CultureInfo.InvariantCulture);

    private string Existing(ResultsRequest request) =>
        Name(request) is var name && store.Names().Contains(name, StringComparer.Ordinal) ? name : throw new ResultsException(404, "not_found", $"there is no artifact '{name}'");

    private static string Name(ResultsRequest request)
    {
        try
        {
            return ArtifactName.Demand(request.Name ?? "");
        }
        catch (StepFailedException e)
        {
            throw new ResultsException(400, "invalid_argument", e.Message);
        }
    }

    private static ResultsException Conflict() => new(409, "already_exists", "an artifact with this name already exists on the workflow run");
}
