using System.Security.Cryptography;
using CmlNet.Workflows.Execution.Workspace;
using CmlNet.Workflows.Expressions;
using Microsoft.Win32.SafeHandles;

namespace CmlNet.Workflows.Execution.Files.Search;

/// <summary><c>hashFiles(…)</c>: SHA-256 over the SHA-256 of each file of the workspace that the patterns name; empty when there is none.</summary>
internal static class FileHashes
{
    /// <summary>The official runner's limit for one call.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    public static string Compute(JobFileMap map, IReadOnlyList<string> patterns, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        bool any = false;
        try
        {
            foreach (string file in new FileSearch(patterns, map).Files(limit.Token).Where(file => file.StartsWith(map.HostWorkspace + "/", StringComparison.Ordinal)))
            {
                using SafeFileHandle handle = PlainFile.OpenRead(file);
                using var stream = new FileStream(handle, FileAccess.Read);
                all.AppendData(Hash(stream, limit.Token));
                any = true;
            }
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
