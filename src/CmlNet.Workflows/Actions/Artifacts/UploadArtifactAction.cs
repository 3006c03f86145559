using System.Globalization;
using CmlNet.Workflows.Execution.Events;
using CmlNet.Workflows.Execution.Files.Search;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Execution.Workspace;

namespace CmlNet.Workflows.Actions.Artifacts;

/// <summary><c>actions/upload-artifact</c>: files of the job into the run directory. v3 adds to an artifact of the same name, later versions refuse.</summary>
internal sealed class UploadArtifactAction : IBuiltInAction
{
    public string Name => "actions/upload-artifact";

    public IReadOnlyList<BuiltInInput> Inputs { get; } =
    [
        new("name"), new("path"), new("if-no-files-found"), new("overwrite"), new("include-hidden-files"),
        new("retention-days") { Idle = "an artifact stays as long as its run directory" },
        new("compression-level") { Idle = "files are kept as they are" },
        new("archive") { Default = "true", Refused = "an artifact keeps its files under its name" },
    ];

    public Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        var inputs = new ActionInputs(invocation, this);
        string name = ArtifactName.Demand(inputs["name"].Length > 0 ? inputs["name"] : "artifact");
        if (inputs["path"].Length == 0)
            throw new StepFailedException("Input required and not supplied: path");
        JobFileMap map = invocation.Files;
        FileSearch search = Search(inputs["path"], map, inputs.IsTrue("include-hidden-files"));
        List<(string Source, string Target)> files = Select(search, cancellationToken);
        if (search.Unreachable.Count > 0)
            throw new StepFailedException($"'{search.Unreachable[0]}' is in the image, not in the workspace, the home or the temp folder: cml run cannot upload it. Write it below the workspace or $RUNNER_TEMP.");
        foreach (string link in search.Broken)
            invocation.Log.Write($"##[warning]The link '{link}' is not uploaded: it leads to nothing.");
        if (files.Count == 0)
        {
            ReportNothing(invocation, inputs);
            return Task.FromResult(0);
        }
        Store(invocation, inputs, name, files, cancellationToken);
        return Task.FromResult(0);
    }

    private static FileSearch Search(string path, JobFileMap map, bool includesHidden)
    {
        try
        {
            return new FileSearch([path], map, LinkUse.FilesAndFolders, skipsHidden: !includesHidden);
        }
        catch (ArgumentException e)
        {
            throw new StepFailedException($"The path '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static List<(string Source, string Target)> Select(FileSearch search, CancellationToken cancellationToken)
    {
        FoundFile[] files;
        try
        {
            files = [.. search.Files(cancellationToken)];
        }
        catch (IOException e)
        {
            throw new StepFailedException($"The artifact cannot be uploaded whole: {e.Message}.", e);
        }
        string root = CommonRoot(search.Roots, files);
        return [.. files.Select(file => (file.Source, Path.GetRelativePath(root, file.Path)))];
    }

    /// <summary>One folder: paths from there. One file: its name. Several paths: from the folder they have in common.</summary>
    private static string CommonRoot(IReadOnlyList<string> roots, FoundFile[] files)
    {
        if (roots.Count == 1)
            return files is [var only] && only.Path == roots[0] ? Path.GetDirectoryName(only.Path)! : roots[0];
        string[] common = [];
        foreach ((int index, string root) in roots.Index())
        {
            string[] parts = root.Split('/');
            common = index == 0 ? parts : [.. common.Zip(parts).TakeWhile(pair => pair.First == pair.Second).Select(pair => pair.First)];
        }
        return "/" + string.Join('/', common.Where(part => part.Length > 0));
    }

    private static void ReportNothing(StepInvocation invocation, ActionInputs inputs)
    {
        string message = $"No files were found with the provided path: {inputs["path"]}. No artifacts will be uploaded.";
        switch (inputs["if-no-files-found"])
        {
            case "error":
                throw new StepFailedException(message);
            case "ignore":
                invocation.Log.Write(message);
                break;
            case "" or "warn":
                invocation.Log.Write($"##[warning]{message}");
                break;
            case var other:
                throw new StepFailedException($"Unrecognized if-no-files-found input. Provided: {other}. Available options: warn, error, ignore");
        }
    }

    private static void Store(StepInvocation invocation, ActionInputs inputs, string name, List<(string Source, string Target)> files, CancellationToken cancellationToken)
    {
        var store = new ArtifactStore(invocation.Run.Directory.Path);
        if (inputs["overwrite"].Equals("true", StringComparison.OrdinalIgnoreCase))
            store.Remove(name);
        long size;
        try
        {
            size = store.Add(name, files, ActionNames.MajorVersion(invocation) is < 4, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StepFailedException($"The artifact '{name}' could not be stored: {e.Message}", e);
        }
        invocation.Outputs.Set("artifact-id", StableId.Of("artifact", $"{invocation.Run.RunId}/{name}").ToString(CultureInfo.InvariantCulture));
        invocation.Outputs.Set("artifact-url", new Uri(store.Folder(name)).AbsoluteUri);
        invocation.Log.Write($"Artifact {name}: {files.Count} {(files.Count == 1 ? "file" : "files")}, {Sizes.Text(size)}, in {store.Folder(name)}");
    }
}
