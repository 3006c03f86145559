using System.Globalization;
using CmlNet.Publishing.Http;
using CmlNet.Publishing.Length;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>Check runs of one repository.</summary>
internal sealed class GitHubChecks(GitHubApi api, TimeProvider time)
{
    private const string Permission = "checks: write";
    private const int AnnotationsPerRequest = 50;
    private const int MostButtons = 3;

    /// <summary>Of a check's summary and of its text, each; in bytes, as GitHub's refusal says.</summary>
    private const int LargestOutput = 65535;

    private readonly string _path = $"{api.RepositoryPath}/check-runs";

    public async Task<CheckReference> CreateAsync(CheckRun check, CancellationToken cancellationToken)
    {
        CheckBody body = BodyOf(check, isNew: true);
        ApiResponse response = await api.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Post,
                Path = _path,
                Body = GitHubApi.Write(body, GitHubWire.Default.CheckBody),
                Permission = Permission,
                ReadBack = token => FindPostedAsync(body, token),
            },
            cancellationToken);
        CheckReply created = GitHubApi.Read(response, GitHubWire.Default.CheckReply, _path);
        await AnnotateAsync(created.Id, body, check, already: 0, cancellationToken);
        return ToReference(created);
    }

    public async Task<CheckReference?> FindAsync(string sha, string title, CancellationToken cancellationToken)
    {
        CheckReply? newest = null;
        await foreach ((_, CheckPage page) in api.PagesAsync(ListOf(sha, title), GitHubWire.Default.CheckPage, "checks: read", cancellationToken))
        {
            foreach (CheckReply check in (page.CheckRuns ?? []).Where(c => c.Name == title))
                newest = newest is null || check.Id > newest.Id ? check : newest;
        }

        return newest is null ? null : ToReference(newest);
    }

    public async Task<CheckReference> UpdateAsync(string id, CheckRun check, CancellationToken cancellationToken)
    {
        string path = $"{_path}/{Uri.EscapeDataString(id)}";
        int already = check.Annotations.Count == 0 ? 0 : await CountAsync(path, cancellationToken);
        CheckBody body = BodyOf(check, isNew: false);
        CheckReply updated = await PatchAsync(path, body, expected: body.Output.Annotations is { } first ? already + first.Count : null, cancellationToken);
        await AnnotateAsync(updated.Id, body, check, already, cancellationToken);
        return ToReference(updated);
    }

    /// <summary>The annotations behind the first batch, which went with the run itself.</summary>
    private async Task AnnotateAsync(long id, CheckBody body, CheckRun check, int already, CancellationToken cancellationToken)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"{_path}/{id}");
        for (int sent = AnnotationsPerRequest; sent < check.Annotations.Count; sent += AnnotationsPerRequest)
        {
            AnnotationBody[] batch = Batch(check, sent);
            CheckBody more = body with { HeadSha = null, StartedAt = null, Output = body.Output with { Annotations = batch } };
            await PatchAsync(path, more, already + sent + batch.Length, cancellationToken);
        }
    }

    /// <summary>Annotations are added with every call, so before a call is repeated they are counted.</summary>
    private async Task<CheckReply> PatchAsync(string path, CheckBody body, int? expected, CancellationToken cancellationToken)
    {
        ApiResponse response = await api.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Patch,
                Path = path,
                Body = GitHubApi.Write(body, GitHubWire.Default.CheckBody),
                Permission = Permission,
                ReadBack = expected is not { } count ? null : async token =>
                {
                    ApiResponse now = await api.SendAsync(new ApiRequest { Method = HttpMethod.Get, Path = path, Permission = "checks: read" }, token);
                    return GitHubApi.Read(now, GitHubWire.Default.CheckReply, path).Output?.AnnotationsCount >= count ? now : null;
                },
            },
            cancellationToken);
        return GitHubApi.Read(response, GitHubWire.Default.CheckReply, path);
    }

    private async Task<int> CountAsync(string path, CancellationToken cancellationToken) =>
        (await api.GetAsync(path, GitHubWire.Default.CheckReply, "checks: read", cancellationToken)).Output?.AnnotationsCount ?? 0;

    private CheckBody BodyOf(CheckRun check, bool isNew)
    {
        if (check.Buttons.Count > MostButtons)
            throw new PublishingException($"a check run has at most {MostButtons} buttons, and {check.Buttons.Count} are asked for");
        string now = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        bool isCompleted = check.Status == "completed";
        return new CheckBody
        {
            HeadSha = isNew ? check.HeadSha : null,
            StartedAt = isNew ? now : null,
            CompletedAt = isCompleted ? now : null,
            Conclusion = isCompleted ? check.Conclusion : null,
            Status = check.Status,
            Name = check.Title,
            DetailsUrl = check.DetailsUrl,
            Output = OutputOf(check),
            Actions = check.Buttons.Count == 0 ? null : [.. check.Buttons.Select(b => new ButtonBody(b.Label, b.Description, b.Identifier))],
        };
    }

    /// <summary>What does not fit the summary goes on in the text below it.</summary>
    private static CheckOutput OutputOf(CheckRun check)
    {
        const string rest = "\n_The rest of the report is left out: it is longer than a check may be._\n";
        IReadOnlyList<string> parts = ReportSplitter.Split(check.Summary, LargestOutput - rest.Length);
        return new CheckOutput(check.Title, parts[0])
        {
            Text = parts.Count switch { 1 => null, 2 => parts[1], _ => parts[1] + rest },
            Annotations = check.Annotations.Count == 0 ? null : Batch(check, 0),
        };
    }

    private static AnnotationBody[] Batch(CheckRun check, int from) => [.. check.Annotations.Skip(from).Take(AnnotationsPerRequest).Select(static a =>
    {
        int end = Math.Max(a.StartLine, a.EndLine ?? a.StartLine);
        return new AnnotationBody
        {
            Path = a.Path,
            StartLine = a.StartLine,
            EndLine = end,
            StartColumn = end == a.StartLine ? a.StartColumn : null,
            EndColumn = end == a.StartLine ? a.EndColumn : null,
            AnnotationLevel = a.Level,
            Message = a.Message,
            Title = a.Title,
            RawDetails = a.RawDetails,
        };
    })];

    private async Task<ApiResponse?> FindPostedAsync(CheckBody body, CancellationToken cancellationToken)
    {
        DateTimeOffset started = DateTimeOffset.Parse(body.StartedAt!, CultureInfo.InvariantCulture); // a new run has it
        await foreach ((ApiResponse response, CheckPage page) in api.PagesAsync(ListOf(body.HeadSha!, body.Name), GitHubWire.Default.CheckPage, "checks: read", cancellationToken))
        {
            // GitHub keeps whole seconds.
            if (page.CheckRuns?.FirstOrDefault(c => c.Name == body.Name && c.StartedAt?.ToUnixTimeSeconds() == started.ToUnixTimeSeconds()) is { } check)
                return response with { Body = GitHubApi.Write(check, GitHubWire.Default.CheckReply) };
        }

        return null;
    }

    private string ListOf(string sha, string title) => $"{api.RepositoryPath}/commits/{Uri.EscapeDataString(sha)}/check-runs?check_name={Uri.EscapeDataString(title)}&per_page=100";

    private static CheckReference ToReference(CheckReply reply) => new(reply.Id.ToString(CultureInfo.InvariantCulture), reply.HtmlUrl ?? "");
}
