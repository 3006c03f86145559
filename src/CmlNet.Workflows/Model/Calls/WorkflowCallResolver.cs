namespace CmlNet.Workflows.Model.Calls;

/// <summary>Reads the workflows that a workflow's jobs call, and theirs, and checks each call against what it calls.</summary>
/// <param name="load">
/// The text behind a repository path (<c>.github/workflows/x.yml</c>) or a reference (<c>owner/repo/path@ref</c>); null when there is none.
/// </param>
/// <param name="options">Of the parser.</param>
/// <param name="reportsAll">Go on after a called workflow with errors, where GitHub stops.</param>
public sealed class WorkflowCallResolver(Func<string, string?> load, WorkflowParseOptions? options = null, bool reportsAll = false)
{
    /// <summary>Callers above the innermost workflow (GitHub's documented limit of ten levels counts the first file).</summary>
    public const int MaxDepth = 9;

    private const int MaxFiles = 51;

    private readonly List<WorkflowError> _errors = [];
    private readonly List<string> _files = [];

    /// <summary>Files that cannot be had now: calls of them are left out without an error.</summary>
    internal Func<string, bool> IsOutOfReach { get; init; } = static _ => false;

    /// <summary>Reads what is called, job after job: up to the first called workflow with errors, unless all are to be reported.</summary>
    public WorkflowCallResult Resolve(Workflow workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        IReadOnlyDictionary<string, WorkflowCall> calls = ResolveJobs(workflow, workflow.Permissions, null, 1);
        return new WorkflowCallResult(calls, _errors) { Files = _files };
    }

    private Dictionary<string, WorkflowCall> ResolveJobs(Workflow caller, IReadOnlyDictionary<string, string>? callerPermissions, string? repository, int depth)
    {
        var calls = new Dictionary<string, WorkflowCall>(StringComparer.Ordinal);
        foreach (Job job in caller.Jobs.Where(job => job.Uses is not null))
        {
            if (_errors.Count > 0 && !reportsAll)
                break;
            if (ResolveJob(job, job.Permissions ?? callerPermissions, repository, depth) is { } call)
                calls.Add(job.Id, call);
        }

        return calls;
    }

    private WorkflowCall? ResolveJob(Job job, IReadOnlyDictionary<string, string>? maxPermissions, string? repository, int depth)
    {
        if (depth > MaxDepth)
            return Fail(new WorkflowError(job.UsesLocation, $"Nested reusable workflow depth exceeded {MaxDepth}.") { IsUnplaced = true });
        if (Qualify(job.Uses ?? "", repository) is not var (file, calledRepository))
            return Fail(new WorkflowError(job.UsesLocation, $"Expected format {{org}}/{{repo}}[/path]@ref. Actual '{job.Uses}'"));
        if (ReadFile(job, file) is not { } result)
            return null;
        if (result.Document is null || result.GitHubView is not { } workflow)
            return Fail([.. Json.WorkflowJson.Fatal(result).Select(error => FromCalled(job, error))]);
        if (ReadCallTrigger(result.Document) is not { } trigger)
            return Fail(FromCalled(job, new WorkflowError((result.Document.Get("on") ?? result.Document).Location, "workflow_call key is not defined in the referenced workflow.")));
        var call = new WorkflowCall
        {
            Workflow = workflow,
            InputDefinitions = trigger.Get("inputs") as MappingToken,
            SecretDefinitions = trigger.Get("secrets") as MappingToken,
            Outputs = trigger.Get("outputs") as MappingToken,
            Permissions = workflow.Permissions ?? maxPermissions,
        };
        int before = _errors.Count;
        _errors.AddRange(CallCheck.Run(job, call, maxPermissions).Select(error => error.Location.Path == job.Location.Path ? error : FromCalled(job, error)));
        return _errors.Count > before ? null : call with { Calls = ResolveJobs(workflow, call.Permissions, calledRepository, depth + 1) };
    }

    private WorkflowParseResult? ReadFile(Job job, string file)
    {
        if (!_files.Contains(file, StringComparer.OrdinalIgnoreCase))
        {
            _files.Add(file);
            if (_files.Count >= MaxFiles)
            {
                Fail(new WorkflowError(default, $"The maximum file count of {MaxFiles} has been exceeded"));
                return null;
            }
        }

        if (load(file) is { } text)
            return WorkflowParser.Parse(file, text, options);
        if (IsOutOfReach(file))
            return null;
        Fail(new WorkflowError(job.UsesLocation, $"Workflow '{file}' was not found"));
        return null;
    }

    /// <summary>The file behind a reference, and the <c>owner/repo</c> and ref that its own <c>./</c> references mean (null: this repository).</summary>
    private static (string File, string? Repository)? Qualify(string uses, string? repository)
    {
        if (uses.StartsWith("./", StringComparison.Ordinal))
        {
            if (repository is null)
                return (uses[2..], null);
            int at = repository.IndexOf('@', StringComparison.Ordinal);
            return ($"{repository[..at]}/{uses[2..]}{repository[at..]}", repository);
        }

        return uses.Split('@') is [var path, { Length: > 0 } reference] && path.Split('/') is [{ Length: > 0 } owner, { Length: > 0 } name, _, ..]
            ? (uses, $"{owner}/{name}@{reference}")
            : null;
    }

    private static MappingToken? ReadCallTrigger(MappingToken document)
    {
        var none = new MappingToken(document.Location, []);
        if (document.Get("on") is MappingToken events)
            return events.Get("workflow_call") is { } call ? call as MappingToken ?? none : null;
        return document.Get("on").AsStrings().Any(name => name.Value == "workflow_call") ? none : null;
    }

    private static WorkflowError FromCalled(Job job, WorkflowError error) =>
        error with { Caller = error.Caller ?? job.UsesLocation };

    private WorkflowCall? Fail(params IReadOnlyList<WorkflowError> errors)
    {
        _errors.AddRange(errors);
        return null;
    }
}
