using System.Text;
using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub.Json;
using CmlNet.Testing.GitHub.State;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CmlNet.Testing.GitHub.Endpoints;

/// <summary>Comments on issues, pull requests and commits.</summary>
internal static class CommentEndpoints
{
    private const int LargestIssueComment = 262144;
    private const int LongestCommitComment = 65536;

    public static void Map(IEndpointRouteBuilder app, FakeGitHub fake)
    {
        app.Repository(fake, "GET", "/issues/{issue_number}/comments", (context, repository) => ListAsync(fake, context, repository, (int)context.Number("issue_number")));
        app.Repository(fake, "POST", "/issues/{issue_number}/comments", (context, repository) => CreateAsync(fake, context, repository, (int)context.Number("issue_number"), null));
        app.Repository(fake, "GET", "/issues/comments/{comment_id}", (context, repository) => ReadAsync(fake, context, repository));
        app.Repository(fake, "PATCH", "/issues/comments/{comment_id}", (context, repository) => UpdateAsync(fake, context, repository, isCommit: false));
        app.Repository(fake, "DELETE", "/issues/comments/{comment_id}", (context, repository) => DeleteAsync(context, repository, isCommit: false));
        app.Repository(fake, "GET", "/commits/{commit_sha}/comments", (context, repository) => ListAsync(fake, context, repository, 0));
        app.Repository(fake, "POST", "/commits/{commit_sha}/comments", (context, repository) => CreateAsync(fake, context, repository, 0, context.Text("commit_sha")));
        app.Repository(fake, "PATCH", "/comments/{comment_id}", (context, repository) => UpdateAsync(fake, context, repository, isCommit: true));
        app.Repository(fake, "DELETE", "/comments/{comment_id}", (context, repository) => DeleteAsync(context, repository, isCommit: true));
    }

    private static async Task ListAsync(FakeGitHub fake, HttpContext context, FakeRepository repository, int issue)
    {
        string? sha = issue == 0 ? context.Text("commit_sha") : null;
        if (sha is null ? !repository.HasIssue(issue) : !repository.HasCommit(sha))
        {
            await Reply.NotFoundAsync(context);
            return;
        }

        List<JsonNode> all;
        lock (repository.Gate)
            all = [.. repository.Comments.Where(c => c.Issue == issue && c.Commit == sha).Select(c => CommentJson.Render(fake, repository, c))];
        await Reply.PageAsync(context, all);
    }

    private static async Task CreateAsync(FakeGitHub fake, HttpContext context, FakeRepository repository, int issue, string? sha)
    {
        if (!await Reply.IsAllowedAsync(context, sha is null ? "write" : "read", sha is null ? ["issues", "pull-requests"] : ["contents"]))
            return;
        if (sha is null ? !repository.HasIssue(issue) : !repository.HasCommit(sha))
        {
            await (sha is null ? Reply.NotFoundAsync(context) : Reply.ErrorAsync(context, 422, $"No commit found for SHA: {sha}"));
            return;
        }

        if (await BodyOfAsync(context, sha is not null) is not { } body)
            return;
        DateTimeOffset now = fake.Time.GetUtcNow();
        FakeComment comment;
        lock (repository.Gate)
        {
            comment = new FakeComment { Id = repository.NextId(), Author = Reply.TokenOf(context).Login, Body = body, Issue = issue, Commit = sha, CreatedAt = now, UpdatedAt = now };
            repository.Comments.Add(comment);
        }

        await Reply.JsonAsync(context, CommentJson.Render(fake, repository, comment), 201);
    }

    private static Task ReadAsync(FakeGitHub fake, HttpContext context, FakeRepository repository) =>
        Find(context, repository, isCommit: false) is { } comment ? Reply.JsonAsync(context, CommentJson.Render(fake, repository, comment)) : Reply.NotFoundAsync(context);

    private static async Task UpdateAsync(FakeGitHub fake, HttpContext context, FakeRepository repository, bool isCommit)
    {
        if (!await Reply.IsAllowedAsync(context, "write", isCommit ? ["contents"] : ["issues", "pull-requests"]))
            return;
        if (Find(context, repository, isCommit) is not { } comment)
        {
            await Reply.NotFoundAsync(context);
            return;
        }

        if (await BodyOfAsync(context, isCommit) is not { } body)
            return;
        lock (repository.Gate)
        {
            comment.Body = body;
            comment.UpdatedAt = fake.Time.GetUtcNow();
        }

        await Reply.JsonAsync(context, CommentJson.Render(fake, repository, comment));
    }

    private static async Task DeleteAsync(HttpContext context, FakeRepository repository, bool isCommit)
    {
        if (!await Reply.IsAllowedAsync(context, "write", isCommit ? ["contents"] : ["issues", "pull-requests"]))
            return;
        if (Find(context, repository, isCommit) is not { } comment)
        {
            await Reply.NotFoundAsync(context);
            return;
        }

        lock (repository.Gate)
            repository.Comments.Remove(comment);
        context.Response.StatusCode = 204;
    }

    private static FakeComment? Find(HttpContext context, FakeRepository repository, bool isCommit)
    {
        lock (repository.Gate)
            return repository.Comments.Find(c => c.Id == context.Number("comment_id") && c.Commit is not null == isCommit);
    }

    private static async Task<string?> BodyOfAsync(HttpContext context, bool isCommit)
    {
        string? body = (await Reply.BodyAsync(context))?["body"]?.GetValue<string>();
        string resource = isCommit ? "CommitComment" : "IssueComment";
        bool isLong = body is not null && (isCommit ? body.Length > LongestCommitComment : Encoding.UTF8.GetByteCount(body) > LargestIssueComment);
        if (!string.IsNullOrWhiteSpace(body) && !isLong)
            return body;
        await Reply.InvalidAsync(context, resource, "body", isLong ? "body is too long (maximum is 65536 characters)" : "body can't be blank");
        return null;
    }
}
