using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Length;
using CmlNet.Publishing.Markdown;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.Bundles;

/// <summary>
/// A report with its files in one directory, for a job that may not post to hand to one that may: <c>report.md</c>,
/// <c>assets/…</c>, and <c>manifest.json</c> with the size and SHA-256 of each.
/// </summary>
public sealed partial class ReportBundle
{
    /// <summary>The directory's name where none is given.</summary>
    public const string DefaultName = "cml-report";

    internal const string Report = "report.md";
    internal const string Manifest = "manifest.json";
    internal const int Version = 1;
    private const string Rest = "\n_The rest of the report is left out: it is longer than may be handed on._\n";
    private const int MostFiles = 500;
    private const long LargestManifest = 1024 * 1024;
    private const long LargestReport = 1024 * 1024;
    private const long LargestTotal = 256L * 1024 * 1024;

    private ReportBundle(string sha, string markdown, AssetFiles files)
    {
        Sha = sha;
        Markdown = markdown;
        Files = files;
    }

    /// <summary>The commit that the bundle says it is about. It was written by a stranger: compare it with what the event says.</summary>
    public string Sha { get; }

    /// <summary>The report, with nothing left in it that acts beyond being read.</summary>
    public string Markdown { get; }

    /// <summary>The files that were verified, and no others.</summary>
    public AssetFiles Files { get; }

    /// <summary>
    /// Writes a bundle that <see cref="Read"/> takes. What another run left there is replaced; of this run, a report with the same
    /// label that this one updates. Beside other reports of this run it is one more, which <see cref="ReadAll"/> takes as well.
    /// </summary>
    /// <param name="directory">Absolute path.</param>
    /// <param name="sources">The report's files: text, and which local files it may take along.</param>
    /// <param name="sha">The commit.</param>
    /// <param name="logger">Gets what is left out.</param>
    /// <param name="label">Label of the report's comment.</param>
    /// <param name="isUpdate">Whether the report takes the place of the one with the same label.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="PublishingException">The directory cannot be written, or holds something else, or ten reports; or the files are more than a bundle may hold.</exception>
    public static async Task WriteAsync(string directory, IReadOnlyList<(string Markdown, AssetFiles Files)> sources, string sha, ILogger logger, string label = "", bool isUpdate = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        directory = BundleFolders.Prepare(directory, sha, label, isUpdate);
        var store = new LocalAssetStore(directory);
        var parts = new List<string>();
        foreach ((string markdown, AssetFiles files) in sources)
            parts.Add(await new AssetLinker(store, files with { SizeLimit = Math.Min(files.SizeLimit, AssetFiles.DefaultLimit) }, logger).LinkAsync(markdown, cancellationToken));
        await AtomicFile.WriteAsync(Path.Combine(directory, Report), Encoding.UTF8.GetBytes(Cut(Surfaces.ReportPublisher.Concatenate(parts), logger)), cancellationToken);
        string assets = Path.Combine(directory, "assets");
        string[] images = Directory.Exists(assets) ? Directory.GetFiles(assets) : [];
        string[] written = [Path.Combine(directory, Report), .. images.Order(StringComparer.Ordinal)];
        if (written.Length > MostFiles || written.Sum(f => new FileInfo(f).Length) > LargestTotal)
        {
            BundleFolders.Remove(directory);
            throw new PublishingException($"the report is not left in '{directory}': with its images it is more than {MostFiles} files or {LargestTotal} bytes. Show fewer images.");
        }

        var entries = new List<BundleFile>();
        foreach (string path in written)
        {
            byte[] content = await File.ReadAllBytesAsync(path, cancellationToken);
            entries.Add(new BundleFile(Path.GetRelativePath(directory, path).Replace('\\', '/'), content.Length, Sha256.Hex(content)));
        }

        // Last: a bundle without it is none.
        byte[] manifest = JsonSerializer.SerializeToUtf8Bytes(new BundleManifest(Version, sha, entries) { Label = label }, BundleWire.Default.BundleManifest);
        await AtomicFile.WriteAsync(Path.Combine(directory, Manifest), manifest, cancellationToken);
    }

    /// <summary>Reads a bundle's first report as what it is: files of a stranger.</summary>
    /// <param name="directory">Absolute path.</param>
    /// <exception cref="PublishingException">It is not exactly a bundle; the message says what is wrong with it.</exception>
    public static ReportBundle Read(string directory) => ReadOne(directory, directory);

    /// <summary>Reads every report of a bundle, in the order they were written.</summary>
    /// <param name="directory">Absolute path.</param>
    /// <returns>At least one, all of the same commit.</returns>
    /// <exception cref="PublishingException">One of them is not exactly a bundle, or is about another commit; the message says what is wrong with it.</exception>
    public static IReadOnlyList<ReportBundle> ReadAll(string directory)
    {
        var all = new List<ReportBundle> { Read(directory) };
        for (int number = 2; number <= BundleFolders.MostReports && Directory.Exists(BundleFolders.PathOf(directory, number)); number++)
        {
            ReportBundle next = ReadOne(BundleFolders.PathOf(directory, number), directory);
            all.Add(next.Sha == all[0].Sha ? next : throw Refuse(directory, "its reports are about different commits"));
        }

        return all;
    }

    internal static bool IsName(string path) => path == Report || AssetName().IsMatch(path);

    /// <param name="directory">Of the report.</param>
    /// <param name="root">Of the bundle, which no link leads out of.</param>
    private static ReportBundle ReadOne(string directory, string root)
    {
        try
        {
            return ReadChecked(directory, root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException or DecoderFallbackException)
        {
            throw Refuse(directory, e.Message);
        }
    }

    private static ReportBundle ReadChecked(string directory, string root)
    {
        var manifest = JsonSerializer.Deserialize(Content(directory, root, Manifest, LargestManifest).Span, BundleWire.Default.BundleManifest);
        if (manifest is not { Version: Version, Sha: { } sha, Files: { } files } || !FullSha().IsMatch(sha))
            throw Refuse(directory, $"{Manifest} is not one of version {Version} with a full sha");
        if (files.Count > MostFiles || files.Any(f => f?.Size < 0) || files.Sum(f => Math.Min(f?.Size ?? 0, LargestTotal)) > LargestTotal)
            throw Refuse(directory, $"it has more than {MostFiles} files or {LargestTotal} bytes");
        var names = new HashSet<string>(StringComparer.Ordinal);
        ReadOnlyMemory<byte>? report = null;
        foreach (BundleFile? file in files)
        {
            if (file is not { Path: { } path, Sha256: { } hash } || !names.Add(path) || !IsName(path))
                throw Refuse(directory, $"{Manifest} lists a file that no bundle has");
            ReadOnlyMemory<byte> content = Content(directory, root, path, path == Report ? LargestReport : AssetFiles.DefaultLimit);
            if (content.Length != file.Size || Sha256.Hex(content.Span) != hash)
                throw Refuse(directory, $"'{path}' is not what {Manifest} says");
            if (path == Report)
                report = content;
        }

        names.Remove(Report);
        string text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString((report ?? throw Refuse(directory, $"it has no {Report}")).Span);
        return new ReportBundle(sha, StrangersMarkdown.Disarm(text, names), new AssetFiles { BaseDirectory = directory, Roots = [root], Only = names, AreServedTypesOnly = true });
    }

    private static ReadOnlyMemory<byte> Content(string directory, string root, string path, long limit)
    {
        FileContent file = RegularFile.Read(Path.Combine(directory, path), limit, root);
        return file.Content ?? throw Refuse(directory, $"'{path}': {file.Refusal ?? "there is no such file"}");
    }

    /// <summary>The report, or as much of it as <see cref="Read"/> takes.</summary>
    private static string Cut(string report, ILogger logger)
    {
        if (ReportSplitter.Bytes(report) <= LargestReport)
            return report;
        Log.BundleCut(logger, LargestReport);
        IReadOnlyList<string> parts = ReportSplitter.Split(report, (int)LargestReport - ReportSplitter.Bytes(Rest));
        return parts.Count > 1 ? parts[0] + Rest : parts[0];
    }

    private static PublishingException Refuse(string directory, string reason) =>
        new($"'{directory}' is not a report bundle that can be trusted: {reason}. Nothing was posted.");

    [GeneratedRegex("^(?:[0-9a-f]{40}|[0-9a-f]{64})$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FullSha();

    [GeneratedRegex("^assets/[0-9a-f]{16}-[A-Za-z0-9._-]{1,120}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AssetName();
}
