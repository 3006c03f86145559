using System.Globalization;
using System.Text.Json;
using CmlNet.Publishing.Assets;

namespace CmlNet.Publishing.Bundles;

/// <summary>Where the reports of one run lie: the first in the bundle's directory itself, further ones in <c>more-2</c>, <c>more-3</c>, … of it.</summary>
internal static class BundleFolders
{
    /// <summary>Each becomes a comment, and so a mail to everybody who watches.</summary>
    public const int MostReports = 10;

    private const long LargestManifest = 1024 * 1024;

    public static string PathOf(string directory, int number) =>
        number == 1 ? directory : Path.Combine(directory, "more-" + number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The folder for a report, empty: its own of before where it takes the place of that, else a further one.</summary>
    /// <exception cref="PublishingException">The directory holds something else, or enough reports, or cannot be written.</exception>
    public static string Prepare(string directory, string sha, string label, bool isUpdate)
    {
        try
        {
            if (IsFree(directory))
                return directory;
            if (Ours(directory).Sha != sha)
            {
                for (int number = MostReports; number > 1; number--)
                    RemoveFurther(PathOf(directory, number));
                Remove(directory);
                return directory;
            }

            for (int number = 1; number <= MostReports; number++)
            {
                string folder = PathOf(directory, number);
                if (IsFree(folder))
                    return folder;
                if (isUpdate && (Ours(folder).Label ?? "") == label)
                {
                    Remove(folder);
                    return folder;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PublishingException($"'{directory}' cannot be written: {e.Message}", e);
        }

        throw new PublishingException($"'{directory}' holds {MostReports} reports of this run already; pass another --bundle");
    }

    /// <summary>Removes a bundle's own files, and no others.</summary>
    public static void Remove(string folder)
    {
        File.Delete(Path.Combine(folder, ReportBundle.Manifest));
        File.Delete(Path.Combine(folder, ReportBundle.Report));
        if (Directory.Exists(Path.Combine(folder, "assets")))
            Directory.Delete(Path.Combine(folder, "assets"), recursive: true);
    }

    private static void RemoveFurther(string folder)
    {
        if (!IsFree(folder))
        {
            _ = Ours(folder);
            Remove(folder);
        }

        if (Directory.Exists(folder) && IsFree(folder))
            Directory.Delete(folder);
    }

    private static bool IsFree(string folder) => !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any();

    /// <summary>The manifest, where it is one of a bundle; other programs have files of that name.</summary>
    private static BundleManifest Ours(string folder)
    {
        try
        {
            if (RegularFile.Read(Path.Combine(folder, ReportBundle.Manifest), LargestManifest, root: folder).Content is { } content
                && JsonSerializer.Deserialize(content.Span, BundleWire.Default.BundleManifest) is { Version: ReportBundle.Version, Sha: not null, Files: { } files } manifest
                && files.All(f => f?.Path is { } path && ReportBundle.IsName(path)))
                return manifest;
        }
        catch (JsonException)
        {
            // Something else, as below.
        }

        throw new PublishingException($"'{folder}' holds something else than a report; pass another --bundle");
    }
}
