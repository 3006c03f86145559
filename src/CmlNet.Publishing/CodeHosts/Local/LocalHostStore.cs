using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.Local;

/// <summary>The files of a <see cref="LocalHost"/>. Reading treats them as hostile: a job wrote them.</summary>
/// <remarks>Only regular files under the expected names are read; links, pipes, oversized or malformed files are passed over.</remarks>
public sealed class LocalHostStore
{
    private const int MostFiles = 1000;
    private const long LargestFile = 8 * 1024 * 1024;

    private readonly Rehearsal? _rehearsal;

    internal LocalHostStore(string directory, Rehearsal? rehearsal = null)
    {
        Directory = directory;
        _rehearsal = rehearsal;
    }

    internal string Directory { get; }

    /// <summary>The comments of a local host's directory, by number; none when there is no such directory.</summary>
    /// <param name="directory">The directory of the <see cref="LocalHost"/>.</param>
    public static IReadOnlyList<LocalComment> ReadComments(string directory) => [.. new LocalHostStore(directory).Comments()];

    /// <summary>The check runs of a local host's directory, by number; none when there is no such directory.</summary>
    /// <param name="directory">The directory of the <see cref="LocalHost"/>.</param>
    public static IReadOnlyList<LocalCheck> ReadChecks(string directory) => [.. new LocalHostStore(directory).Checks()];

    internal IEnumerable<LocalComment> Comments() => Numbers("comments").Select(ReadComment).OfType<LocalComment>();

    internal IEnumerable<LocalCheck> Checks() => Numbers("checks").Select(ReadCheck).OfType<LocalCheck>();

    internal async Task<IDisposable?> LockAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (_rehearsal is not null)
            return null;
        try
        {
            System.IO.Directory.CreateDirectory(Directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PublishingException($"cannot write to '{Directory}', which CML_LOCAL_HOST names: {e.Message}", e);
        }

        return await DirectoryLock.TakeAsync(Directory, time, cancellationToken);
    }

    internal int NextNumber(string folder) => Numbers(folder).DefaultIfEmpty(0).Max() + 1;

    internal async Task WriteAsync(LocalComment comment, CancellationToken cancellationToken)
    {
        var file = new CommentFile(comment.Number, comment.Target, comment.CreatedAt, comment.UpdatedAt, comment.Revision);
        await WriteAsync(PathOf("comments", comment.Number, "md"), Encoding.UTF8.GetBytes(comment.Body), cancellationToken);
        await WriteAsync(PathOf("comments", comment.Number, "json"), JsonSerializer.SerializeToUtf8Bytes(file, LocalWire.Default.CommentFile), cancellationToken);
    }

    /// <summary>The description goes first: without it there is no comment.</summary>
    internal void DeleteComment(int number)
    {
        if (_rehearsal is not null)
        {
            _rehearsal.File(PathOf("comments", number, "md"), "(deleted)");
            return;
        }

        File.Delete(PathOf("comments", number, "json"));
        File.Delete(PathOf("comments", number, "md"));
    }

    internal Task WriteAsync(LocalCheck check, CancellationToken cancellationToken)
    {
        var file = new CheckFile(check.Number, check.Title, check.Summary, check.HeadSha, check.Status, check.Conclusion, check.CreatedAt);
        return WriteAsync(PathOf("checks", check.Number, "json"), JsonSerializer.SerializeToUtf8Bytes(file, LocalWire.Default.CheckFile), cancellationToken);
    }

    private Task WriteAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        if (_rehearsal is null)
            return AtomicFile.WriteAsync(path, content, cancellationToken);
        _rehearsal.File(path, Encoding.UTF8.GetString(content));
        return Task.CompletedTask;
    }

    private string PathOf(string folder, int number, string extension) => Path.Combine(Directory, folder, $"{number.ToString(CultureInfo.InvariantCulture)}.{extension}");

    private List<int> Numbers(string folder)
    {
        var directory = new DirectoryInfo(Path.Combine(Directory, folder));
        if (!directory.Exists || directory.LinkTarget is not null)
            return [];
        try
        {
            return [.. directory.EnumerateFiles("*.json").Select(f => NumberOf(f.Name)).Where(n => n > 0).Take(MostFiles).Order()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static int NumberOf(string name)
    {
        string stem = Path.GetFileNameWithoutExtension(name);
        return int.TryParse(stem, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n.ToString(CultureInfo.InvariantCulture) == stem && n < int.MaxValue ? n : 0;
    }

    private LocalComment? ReadComment(int number)
    {
        CommentFile? file = ReadJson(PathOf("comments", number, "json"), LocalWire.Default.CommentFile);
        ReadOnlyMemory<byte>? body = file is null ? null : RegularFile.Read(PathOf("comments", number, "md"), LargestFile, root: Directory).Content;
        if (file is null || body is null || file.Target is null)
            return null;
        return new LocalComment
        {
            Number = number,
            Target = file.Target,
            Body = Encoding.UTF8.GetString(body.Value.Span),
            CreatedAt = file.CreatedAt,
            UpdatedAt = file.UpdatedAt,
            Revision = Math.Max(1, file.Revision),
        };
    }

    private LocalCheck? ReadCheck(int number)
    {
        CheckFile? file = ReadJson(PathOf("checks", number, "json"), LocalWire.Default.CheckFile);
        if (file is null || file.Title is null || file.Summary is null || file.HeadSha is null || file.Status is null)
            return null;
        return new LocalCheck
        {
            Number = number,
            Title = file.Title,
            Summary = file.Summary,
            HeadSha = file.HeadSha,
            Status = file.Status,
            Conclusion = file.Conclusion,
            CreatedAt = file.CreatedAt,
        };
    }

    private T? ReadJson<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return RegularFile.Read(path, LargestFile, root: Directory).Content is { } content ? JsonSerializer.Deserialize(content.Span, type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
