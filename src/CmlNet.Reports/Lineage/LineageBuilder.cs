using System.Security.Cryptography;
using System.Text;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Storage;
using CmlNet.Reports.Baselines;
using CmlNet.Reports.Comparison;

namespace CmlNet.Reports.Lineage;

/// <summary>Collects <see cref="LineageFacts"/> from git, <c>dvc.lock</c>, package locks and the machine.</summary>
/// <param name="directory">Absolute folder of the results.</param>
/// <param name="environment">Of the process.</param>
/// <param name="baseline">For what the hashes were; null without.</param>
internal sealed class LineageBuilder(string directory, IReadOnlyDictionary<string, string> environment, BaselineFiles? baseline)
{
    private const int LargestText = 32 * 1024 * 1024;
    private static readonly string[] PackageFiles =
    [
        "requirements.txt", "requirements.lock", "pip-freeze.txt", "freeze.txt", "uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "conda-lock.yml", "environment.yml", "environment.yaml", "conda-list.txt", "renv.lock", "package-lock.json",
    ];

    /// <param name="files">Models and data named in the report.</param>
    /// <param name="parameters">To look for a seed in.</param>
    public LineageFacts Build(IReadOnlyList<(string Path, string FullPath)> files, IReadOnlyList<MetricChange> parameters)
    {
        GitRepository? repository = GitRepository.Find(directory);
        string root = repository?.Root ?? directory, project = LockedFolder(root);
        (IReadOnlyList<LineageFile> tracked, IReadOnlyList<KeyValuePair<string, string>> commands) = Locked(project);
        IEnumerable<LineageFile> computed = files.Where(file => !tracked.Any(one => Path.GetFullPath(one.Path, project) == file.FullPath)).Select(file => Computed(file.Path, file.FullPath)).OfType<LineageFile>();
        return new LineageFacts
        {
            Commit = repository?.Commit("HEAD"),
            Branch = repository?.Branch(),
            IsDirty = repository?.IsDirty(),
            Files = [.. tracked, .. computed],
            Commands = commands,
            Seeds = [.. parameters.Where(change => change.New is not null && IsSeed(change.Name)).Select(change => KeyValuePair.Create(change.Name, Numbers.ValueText.Of(change.New!)))], // filtered
            Packages = [.. new[] { directory, root }.Distinct(StringComparer.Ordinal).SelectMany(folder => PackageFiles.Select(name => Path.Combine(folder, name))).Where(File.Exists).Select(Package).OfType<LineageFile>()],
            Surroundings = [.. Machine.Describe(environment)],
        };
    }

    private static bool IsSeed(string name)
    {
        string last = name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant();
        return last is "seed" or "random_state" || last.EndsWith("_seed", StringComparison.Ordinal);
    }

    // The nearest around the results: a repository may hold several projects.
    private string LockedFolder(string root)
    {
        for (string? folder = directory; folder is not null && folder.Length > root.Length; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "dvc.lock")))
                return folder;
        }

        return root;
    }

    private (IReadOnlyList<LineageFile> Files, IReadOnlyList<KeyValuePair<string, string>> Commands) Locked(string root)
    {
        string path = Path.Combine(root, "dvc.lock");
        if (Text(path) is not { } text)
            return ([], []);
        DvcLock now = DvcLock.Read(text);
        var before = (baseline is { IsThere: true } && baseline.Read(path) is { } old ? DvcLock.Read(Encoding.UTF8.GetString(old.Span)).Files : []).ToDictionary(file => file.Path, file => file.Hash, StringComparer.Ordinal);
        return ([.. now.Files.Select(file => file with { OldHash = before.GetValueOrDefault(file.Path) })], now.Commands);
    }

    private LineageFile? Computed(string path, string fullPath)
    {
        if (FileKind.IsStream(fullPath))
            return null; // as below
        try
        {
            using FileStream stream = File.OpenRead(fullPath);
            return new LineageFile(path, "file", Sha256(SHA256.HashData(stream)), stream.Length, OldHash: Old(fullPath));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // its own section says that it cannot be read
        }
    }

    private string? Old(string fullPath)
    {
        try
        {
            return baseline is { IsThere: true } && baseline.Read(fullPath) is { } content ? Sha256(SHA256.HashData(content.Span)) : null;
        }
        catch (IOException)
        {
            return null; // what DVC tracks need not be on this machine
        }
    }

    private static string Sha256(byte[] hash) => "sha256:" + Convert.ToHexStringLower(hash);

    private LineageFile? Package(string path)
    {
        if (Text(path) is not { } text || Computed(Path.GetRelativePath(directory, path), path) is not { } file)
            return null;
        int packages = Path.GetExtension(path) switch
        {
            ".txt" => text.Split('\n').Count(line => line.Trim() is { Length: > 0 } entry && entry[0] is not ('#' or '-')),
            ".lock" => text.Split('\n').Count(line => line.TrimEnd() == "[[package]]"),
            _ => 0,
        };
        return file with { Role = "packages", Note = packages == 0 ? "" : packages == 1 ? "1 package" : $"{packages} packages" };
    }

    private static string? Text(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= LargestText && !FileKind.IsStream(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // as if it were not there
        }
    }
}
