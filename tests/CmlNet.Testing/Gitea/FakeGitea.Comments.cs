using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.Gitea;

/// <content>Comments and their attachments.</content>
public sealed partial class FakeGitea
{
    /// <summary>File names that are refused.</summary>
    public HashSet<string> Forbidden { get; } = new(StringComparer.Ordinal);

    private void MapComments()
    {
        const string comments = "/issues/{index}/comments";
        const string comment = "/issues/comments/{comment}";
        Repository("GET", comments, "?since ?before", (context, repository, _) => ListAsync(context, repository));
        Repository("POST", comments, "body! updated_at", CreateAsync);
        Repository("PATCH", comment, "body! updated_at", (context, repository, body) => WithComment(context, repository, c => UpdateAsync(context, repository, c, body)));
        Repository("DELETE", comment, "", (context, repository, _) => WithComment(context, repository, c => DeleteAsync(context, repository, c)));
        Repository("GET", comment + "/assets", "", (context, repository, _) => WithComment(context, repository, c => JsonAsync(context, new JsonArray([.. c.Attachments.Select(a => Attachment(a.Id, a.Name, a.Content.Length))]))));
        Repository("POST", comment + "/assets", "?name ?updated_at [attachment]", (context, repository, _) => WithComment(context, repository, c => AttachAsync(context, repository, c)));
        Repository("DELETE", comment + "/assets/{attachment}", "", (context, repository, _) => WithComment(context, repository, c =>
        {
            bool isThere = c.Attachments.RemoveAll(a => a.Id == Number(context, "attachment")) > 0;
            context.Response.StatusCode = isThere ? 204 : 404;
            return Task.CompletedTask;
        }));
    }

    private JsonObject Comment(GiteaRepository repository, GiteaComment comment)
    {
        string kind = repository.PullRequests.Exists(p => p.Number == comment.Issue) ? "pulls" : "issues";
        return new JsonObject
        {
            ["id"] = comment.Id,
            ["html_url"] = $"{Url}/{repository.Owner}/{repository.Name}/{kind}/{comment.Issue}#issuecomment-{comment.Id}",
            ["user"] = User(comment.Author),
            ["body"] = comment.Body,
            ["created_at"] = Moment(comment.CreatedAt),
            ["updated_at"] = Moment(comment.CreatedAt),
        };
    }

    private JsonObject Attachment(long id, string name, int size) => new() { ["id"] = id, ["name"] = name, ["size"] = size, ["browser_download_url"] = $"{Url}/attachments/{id:x32}" };

    private static bool Has(GiteaRepository repository, long index) => repository.Issues.Contains((int)index) || repository.PullRequests.Exists(p => p.Number == index);

    private Task WithComment(HttpContext context, GiteaRepository repository, Func<GiteaComment, Task> handler)
    {
        GiteaComment? found;
        lock (repository.Gate)
            found = repository.Comments.Find(c => c.Id == Number(context, "comment"));
        return found is null ? ErrorAsync(context, 404, "The target couldn't be found.") : found.Author != Self(context) ? ErrorAsync(context, 403, "Forbidden") : handler(found);
    }

    /// <summary>All of them, whatever their number.</summary>
    private Task ListAsync(HttpContext context, GiteaRepository repository)
    {
        long index = Number(context, "index");
        if (!Has(repository, index))
            return ErrorAsync(context, 404, "The target couldn't be found.");
        lock (repository.Gate)
            return JsonAsync(context, new JsonArray([.. repository.Comments.Where(c => c.Issue == index).Select(c => Comment(repository, c))]));
    }

    private Task CreateAsync(HttpContext context, GiteaRepository repository, JsonObject body)
    {
        long index = Number(context, "index");
        if (!Has(repository, index))
            return ErrorAsync(context, 404, "The target couldn't be found.");
        GiteaComment comment;
        lock (repository.Gate)
        {
            comment = new GiteaComment { Id = repository.NextId(), Issue = (int)index, Author = Self(context), Body = body["body"]!.GetValue<string>(), CreatedAt = Time.GetUtcNow() };
            repository.Comments.Add(comment);
        }

        return JsonAsync(context, Comment(repository, comment), 201);
    }

    private Task UpdateAsync(HttpContext context, GiteaRepository repository, GiteaComment comment, JsonObject body)
    {
        comment.Body = body["body"]!.GetValue<string>();
        return JsonAsync(context, Comment(repository, comment));
    }

    private static Task DeleteAsync(HttpContext context, GiteaRepository repository, GiteaComment comment)
    {
        lock (repository.Gate)
            repository.Comments.Remove(comment);
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private async Task AttachAsync(HttpContext context, GiteaRepository repository, GiteaComment comment)
    {
        IFormFile? file = (await context.Request.ReadFormAsync()).Files.GetFile("attachment");
        string name = context.Request.Query["name"].ToString() is { Length: > 0 } given ? given : file?.FileName ?? "";
        if (file is null || Forbidden.Any(f => name.EndsWith(f, StringComparison.Ordinal)))
        {
            await ErrorAsync(context, 422, "This file cannot be uploaded or modified due to a forbidden file extension or type.");
            return;
        }

        using var copy = new MemoryStream();
        await file.CopyToAsync(copy);
        long id = repository.NextId();
        comment.Attachments.Add((id, name, copy.ToArray()));
        await JsonAsync(context, Attachment(id, name, (int)copy.Length), 201);
    }
}
