using System.Globalization;
using System.Runtime.CompilerServices;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.Local;

/// <summary>A code host that is a directory: nothing leaves the machine, no token is needed. <c>cml run</c> sets <c>CML_LOCAL_HOST</c> to it.</summary>
/// <remarks>
/// Layout, all names decimal numbers from 1 without leading zeros:
/// <list type="bullet">
/// <item><c>comments/&lt;n&gt;.md</c>: the comment's Markdown, watermark included, UTF-8, exactly as it would have been posted.</item>
/// <item><c>comments/&lt;n&gt;.json</c>: <c>{"number": n, "target": "pr/5", "createdAt": "…", "updatedAt": "…", "revision": 1}</c>. Written after the <c>.md</c>, so it never names a body that is not there.</item>
/// <item><c>checks/&lt;n&gt;.json</c>: <c>{"number": n, "title": "…", "summary": "…", "headSha": "…", "status": "…", "conclusion": "…", "createdAt": "…"}</c>.</item>
/// <item><c>assets/&lt;first 16 hex digits of the sha-256&gt;-&lt;name&gt;</c>: published files; comments link to them as <c>assets/…</c>.</item>
/// <item><c>.lock</c>: held by the process that is writing. Names starting with a dot are being written.</item>
/// </list>
/// Every file appears complete or not at all (written beside, then renamed). <see cref="LocalHostStore"/> reads them back.
/// </remarks>
public sealed class LocalHost : ICodeHost, ICommentHost, ICommentDeletion, ICheckHost
{
    private readonly LocalHostStore _store;
    private readonly TimeProvider _time;

    /// <summary>A host over a directory, which is created when the first thing is written.</summary>
    /// <param name="directory">Absolute path.</param>
    /// <param name="time">The clock for the dates; the system's by default.</param>
    /// <param name="rehearsal">Takes what would be written; <see langword="null"/> for writing it.</param>
    public LocalHost(string directory, TimeProvider? time = null, Rehearsal? rehearsal = null)
    {
        _store = new LocalHostStore(directory, rehearsal);
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public string Name => "local";

    /// <inheritdoc/>
    public async Task<Comment> CreateCommentAsync(CommentPlace place, string body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(place);
        using IDisposable? held = await _store.LockAsync(_time, cancellationToken);
        DateTimeOffset now = _time.GetUtcNow();
        var comment = new LocalComment { Number = _store.NextNumber("comments"), Target = place.ToString(), Body = body, CreatedAt = now, UpdatedAt = now };
        await _store.WriteAsync(comment, cancellationToken);
        return ToComment(comment);
    }

    /// <inheritdoc/>
    public async Task<Comment> UpdateCommentAsync(CommentPlace place, string id, string body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(place);
        using IDisposable? held = await _store.LockAsync(_time, cancellationToken);
        LocalComment old = _store.Comments().FirstOrDefault(c => IdOf(c) == id)
            ?? throw new PublishingException($"there is no comment {id} in '{_store.Directory}'");
        LocalComment updated = old with { Body = body, UpdatedAt = _time.GetUtcNow(), Revision = old.Revision + 1 };
        await _store.WriteAsync(updated, cancellationToken);
        return ToComment(updated);
    }

    /// <inheritdoc/>
    public async Task DeleteCommentAsync(CommentPlace place, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(place);
        using IDisposable? held = await _store.LockAsync(_time, cancellationToken);
        if (_store.Comments().FirstOrDefault(c => IdOf(c) == id) is { } comment)
            _store.DeleteComment(comment.Number);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Comment> ListCommentsAsync(CommentPlace place, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(place);
        await Task.CompletedTask;
        foreach (LocalComment comment in _store.Comments())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (comment.Target == place.ToString())
                yield return ToComment(comment);
        }
    }

    /// <inheritdoc/>
    public Task<bool> IsOwnAsync(Comment comment, CancellationToken cancellationToken = default) => Task.FromResult(true);

    /// <inheritdoc/>
    public async Task<CheckReference> CreateCheckAsync(CheckRun check, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(check);
        using IDisposable? held = await _store.LockAsync(_time, cancellationToken);
        return await WriteAsync(check, _store.NextNumber("checks"), _time.GetUtcNow(), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<CheckReference?> FindCheckAsync(string sha, string title, CancellationToken cancellationToken = default) =>
        Task.FromResult(_store.Checks().LastOrDefault(c => c.HeadSha == sha && c.Title == title) is { } found ? ToReference(found.Number) : null);

    /// <inheritdoc/>
    public async Task<CheckReference> UpdateCheckAsync(string id, CheckRun check, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(check);
        using IDisposable? held = await _store.LockAsync(_time, cancellationToken);
        LocalCheck old = _store.Checks().FirstOrDefault(c => c.Number.ToString(CultureInfo.InvariantCulture) == id)
            ?? throw new PublishingException($"there is no check {id} in '{_store.Directory}'");
        return await WriteAsync(check, old.Number, old.CreatedAt, cancellationToken);
    }

    /// <summary>Nothing is held between calls.</summary>
    public void Dispose()
    {
    }

    private static string IdOf(LocalComment comment) => comment.Number.ToString(CultureInfo.InvariantCulture);

    private static CheckReference ToReference(int number) => new(number.ToString(CultureInfo.InvariantCulture), $"checks/{number}.json");

    private async Task<CheckReference> WriteAsync(CheckRun check, int number, DateTimeOffset? createdAt, CancellationToken cancellationToken)
    {
        await _store.WriteAsync(
            new LocalCheck
            {
                Number = number,
                Title = check.Title,
                Summary = check.Summary,
                HeadSha = check.HeadSha,
                Status = check.Status,
                Conclusion = check.Status == "completed" ? check.Conclusion : null,
                CreatedAt = createdAt,
            },
            cancellationToken);
        return ToReference(number);
    }

    private static Comment ToComment(LocalComment comment) => new()
    {
        Id = IdOf(comment),
        Url = $"comments/{comment.Number}.md",
        Body = comment.Body,
        CreatedAt = comment.CreatedAt,
    };
}
