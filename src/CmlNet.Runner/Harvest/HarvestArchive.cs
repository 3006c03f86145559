using System.Formats.Tar;

namespace CmlNet.Runner.Harvest;

/// <summary>
/// Unpacks what a job left. The archive is the job's own making: only plain files are taken, under plain relative names,
/// within limits; links, devices, absolute paths and <c>..</c> are passed over.
/// </summary>
internal static class HarvestArchive
{
    /// <param name="archive">A tar archive with one folder at its top, which is left out of the names.</param>
    /// <param name="directory">An empty folder of our own.</param>
    /// <param name="limits">What is taken at most.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>How many files were taken, and how many entries were passed over.</returns>
    public static async Task<(int Taken, int Skipped)> UnpackAsync(Stream archive, string directory, HarvestLimits limits, CancellationToken cancellationToken)
    {
        int taken = 0, skipped = 0;
        long left = limits.Bytes;
        try
        {
            await using var reader = new TarReader(archive, leaveOpen: true);
            while (taken + skipped < limits.Files && await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
            {
                if (entry.EntryType == TarEntryType.Directory)
                    continue;
                if (!IsPlainFile(entry) || entry.Length > left || RelativeName(entry.Name, limits) is not { } name || !await TryWriteAsync(entry, Path.Combine(directory, name), cancellationToken))
                {
                    skipped++;
                    continue;
                }

                taken++;
                left -= entry.Length;
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            // Not an archive from here on; what came before is good.
            skipped++;
        }

        return (taken, skipped);
    }

    private static bool IsPlainFile(TarEntry entry) => entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;

    // Without the folder at the top; null for a name that is not taken.
    internal static string? RelativeName(string name, HarvestLimits limits)
    {
        string[] parts = name.Split('/');
        bool isPlain = parts.Length >= 2 && parts.Length <= limits.Depth && name.Length <= limits.NameLength
            && Array.TrueForAll(parts, part => part.Length > 0 && part is not ("." or "..") && !part.Contains('\\', StringComparison.Ordinal) && !part.Any(char.IsControl));
        return isPlain ? string.Join('/', parts.Skip(1)) : null;
    }

    private static async Task<bool> TryWriteAsync(TarEntry entry, string path, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // it lies in a folder: Combine put it there
            // CreateNew: a name that comes twice, or is a folder already, does not replace anything.
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            if (entry.DataStream is { } content)
                await content.CopyToAsync(file, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is IOException and not EndOfStreamException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
