using System.Security.Cryptography;
using CmlNet.Workflows.Execution.Workspace;
using CmlNet.Workflows.Expressions;
using Microsoft.Win32.SafeHandles;

namespace CmlNet.Workflows.Execution.Files.Search;

/// <summary>
/// <c>hashFiles(…)</c>: SHA-256 over the SHA-256 of each file of the workspace that the patterns name; empty when there is none. A link to a file
/// counts as what it leads to; links to folders are entered when the first argument is <c>--follow-symbolic-links</c>, as in the official runner.
/// </summary>
internal static class FileHashes
{
    private const string FollowOption = "--follow-symbolic-links";

    /// <summary>The official runner's limit for one call.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    public static string Compute(JobFileMap map, IReadOnlyList<string> patterns, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        bool any = false;
        try
        {
            FileSearch search = Search(map, patterns);
            foreach (FoundFile file in search.Files(limit.Token).Where(file => file.Path.StartsWith(map.HostWorkspace + "/", StringComparison.Ordinal)))
            {
                using SafeFileHandle handle = PlainFile.OpenRead(file.Source);
                using var stream = new FileStream(handle, FileAccess.Read);
                all.AppendData(Hash(stream, limit.Token));
                any = true;
            }
            if (search.Broken.Count > 0)
                throw new IOException($"'{search.Broken[0]}' is a link that leads to nothing");
        }
        catch (OperationCanceledException e)
        {
            throw new ExpressionException(ExpressionErrorKind.Evaluation, $"hashFiles('{string.Join("', '", patterns)}') couldn't finish within {Limit.TotalSeconds} seconds.", e);
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            throw new ExpressionException(ExpressionErrorKind.Evaluation, $"hashFiles('{string.Join("', '", patterns)}') failed: {e.Message}", e);
        }
        return any ? Convert.ToHexStringLower(all.GetHashAndReset()) : "";
    }

    private static FileSearch Search(JobFileMap map, IReadOnlyList<string> patterns)
    {
        if (patterns is not [var option, ..] || !option.StartsWith("--", StringComparison.Ordinal))
            return new FileSearch(patterns, map, LinkUse.Files);
        return option.Equals(FollowOption, StringComparison.OrdinalIgnoreCase)
            ? new FileSearch(patterns.Skip(1), map, LinkUse.FilesAndFolders)
            : throw new ArgumentException($"Invalid glob option {option}, available option: '{FollowOption}'.");
    }

    /// <summary>In blocks, so that the limit also ends a file of any size.</summary>
    private static byte[] Hash(FileStream stream, CancellationToken limit)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[Math.Clamp(stream.Length, 1, 1024 * 1024)];
        while (stream.Read(block) is var length and > 0)
        {
            limit.ThrowIfCancellationRequested();
            hash.AppendData(block, 0, length);
        }
        return hash.GetHashAndReset();
    }
}
