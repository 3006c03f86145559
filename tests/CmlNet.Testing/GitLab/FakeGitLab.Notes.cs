using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.GitLab;

/// <content>Notes of merge requests and issues; discussions of commits.</content>
public sealed partial class FakeGitLab
{
    private const int LongestNote = 1_000_000;

    private void MapNotes()
    {
        foreach (string kind in (string[])["merge_requests", "issues"])
        {
            string notes = $"/{kind}/{{iid}}/notes";
            Project("GET", notes, "?sort ?order_by ?per_page ?page", (context, project, _) => ListAsync(context, project, kind));
            Project("POST", notes, "body! created_at internal:boolean", (context, project, body) => CreateAsync(context, project, PlaceOf(context, kind), body));
            Project("PUT", notes + "/{note}", "body!", (context, project, body) => UpdateAsync(context, project, body));
            Project("DELETE", notes + "/{note}", "", DeleteAsync);
        }

        const string discussions = "/repository/commits/{sha}/discussions";
        Project("GET", discussions, "?per_page ?page", (context, project, _) => DiscussionsAsync(context, project));
        Project("POST", discussions, "body! created_at position:object", (context, project, body) => CreateAsync(context, project, PlaceOf(context, "commits"), body));
        Project("PUT", discussions + "/{discussion}/notes/{note}", "body!", (context, project, body) => UpdateAsync(context, project, body));
        Project("DELETE", discussions + "/{discussion}/notes/{note}", "", DeleteAsync);
    }

    private static string PlaceOf(HttpContext context, string kind) => $"{kind}/{Text(context, kind == "commits" ? "sha" : "iid")}";

    private static bool Has(GitLabProject project, string place)
    {
        string id = place.Split('/')[1];
        return place.Split('/')[0] switch
        {
            "commits" => project.Commits.Contains(id) || project.MergeRequests.Exists(m => m.Sha == id),
            "issues" => int.TryParse(id, out int issue) && project.Issues.Contains(issue),
            _ => int.TryParse(id, out int iid) && project.MergeRequests.Exists(m => m.Iid == iid),
        };
    }

    private static JsonObject Note(GitLabNote note) => new()
    {
        ["id"] = note.Id,
        ["body"] = note.Body,
        ["author"] = User(note.Author),
        ["created_at"] = Moment(note.CreatedAt),
        ["updated_at"] = Moment(note.CreatedAt),
        ["system"] = note.IsSystem,
        ["noteable_type"] = note.Place.Split('/')[0],
        ["resolvable"] = false,
    };

    private static JsonObject Discussion(GitLabNote note) => new() { ["id"] = note.Discussion, ["individual_note"] = false, ["notes"] = new JsonArray(Note(note)) };

    private Task ListAsync(HttpContext context, GitLabProject project, string kind)
    {
        string place = PlaceOf(context, kind);
        if (!Has(project, place))
            return ErrorAsync(context, 404, "404 Not found");
        lock (project.Gate)
        {
            IEnumerable<GitLabNote> notes = project.Notes.Where(n => n.Place == place);
            if (context.Request.Query["sort"] != "asc")
                notes = notes.Reverse();
            return PageAsync(context, [.. notes.Select(Note)], "per_page", 20);
        }
    }

    private Task DiscussionsAsync(HttpContext context, GitLabProject project)
    {
        string place = PlaceOf(context, "commits");
        if (!Has(project, place))
            return ErrorAsync(context, 404, "404 Commit Not Found");
        lock (project.Gate)
            return PageAsync(context, [.. project.Notes.Where(n => n.Place == place).Select(Discussion)], "per_page", 20);
    }

    private Task CreateAsync(HttpContext context, GitLabProject project, string place, JsonObject body)
    {
        if (!Has(project, place))
            return ErrorAsync(context, 404, "404 Not found");
        if (Refusal(body) is { } refusal)
            return refusal(context);
        GitLabNote note;
        lock (project.Gate)
        {
            note = new GitLabNote { Id = project.NextId(), Place = place, Author = Self(context), Body = Obeyed(project, body), CreatedAt = Time.GetUtcNow() };
            project.Notes.Add(note);
        }

        return JsonAsync(context, place.StartsWith("commits/", StringComparison.Ordinal) ? Discussion(note) : Note(note), 201);
    }

    private Task UpdateAsync(HttpContext context, GitLabProject project, JsonObject body)
    {
        GitLabNote? note = Find(context, project);
        if (note is null)
            return ErrorAsync(context, 404, "404 Not found");
        if (note.Author != Self(context))
            return ErrorAsync(context, 403, "403 Forbidden");
        if (Refusal(body) is { } refusal)
            return refusal(context);
        note.Body = Obeyed(project, body);
        return JsonAsync(context, Note(note));
    }

    private Task DeleteAsync(HttpContext context, GitLabProject project, JsonObject body)
    {
        if (Find(context, project) is not { } note)
            return ErrorAsync(context, 404, "404 Not found");
        lock (project.Gate)
            project.Notes.Remove(note);
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    /// <summary>The note, under the address of where it is.</summary>
    private static GitLabNote? Find(HttpContext context, GitLabProject project)
    {
        string discussion = Text(context, "discussion");
        string id = discussion.Length > 0 ? Text(context, "sha") : Text(context, "iid");
        return project.Notes.Find(n => n.Id == Number(context, "note") && n.Place.Split('/')[1] == id && (discussion.Length == 0 || n.Discussion == discussion));
    }

    private static Func<HttpContext, Task>? Refusal(JsonObject body)
    {
        string text = body["body"]?.GetValue<string>() ?? "";
        string? why = text.Trim().Length == 0 ? "can't be blank" : text.Length > LongestNote ? $"is too long (maximum is {LongestNote} characters)" : null;
        return why is null ? null : context => JsonAsync(context, new JsonObject { ["message"] = new JsonObject { ["note"] = new JsonArray(why) } }, 400);
    }

    /// <summary>Quick actions are done and left out of the text.</summary>
    private static string Obeyed(GitLabProject project, JsonObject body)
    {
        bool isCode = false;
        var kept = new List<string>();
        foreach (string line in body["body"]!.GetValue<string>().Split('\n'))
        {
            isCode ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!isCode && line.TrimStart() is ['/', >= 'a' and <= 'z', ..] order)
                project.Orders.Enqueue(order);
            else
                kept.Add(line);
        }

        return string.Join('\n', kept);
    }
}
