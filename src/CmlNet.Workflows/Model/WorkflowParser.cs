using CmlNet.Workflows.Model.Conversion;
using CmlNet.Workflows.Model.Schema;
using CmlNet.Workflows.Model.Yaml;

namespace CmlNet.Workflows.Model;

/// <summary>A workflow file's text to its model, or to everything that is wrong with it.</summary>
public static class WorkflowParser
{
    /// <param name="path">Path from the repository root, used in locations and errors.</param>
    /// <param name="text">The file.</param>
    /// <param name="options">Limits; the default is GitHub's.</param>
    public static WorkflowParseResult Parse(string path, string text, WorkflowParseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(text);
        var errors = new List<WorkflowError>();
        TemplateToken raw;
        try
        {
            raw = YamlReader.Read(path, text, options ?? WorkflowParseOptions.Default, errors);
        }
        catch (WorkflowException e)
        {
            return new WorkflowParseResult(null, [e.Error]);
        }

        var document = new SchemaValidator(errors).Validate(raw, WorkflowSchema.Root) as MappingToken;
        if (document is null)
            return new WorkflowParseResult(null, errors);
        bool fitsSchema = errors.Count == 0;
        Workflow workflow = Convert(path, document, errors);
        bool accepted = errors.TrueForAll(error => error.Stage == WorkflowErrorStage.Lint);
        WorkflowLinter.Check(document, workflow, errors);
        return new WorkflowParseResult(errors.Count == 0 ? workflow : null, InFileOrder(errors))
        {
            Encountered = errors,
            Document = fitsSchema ? document : null,
            GitHubView = accepted ? workflow : null,
        };
    }

    /// <summary>What a later stage says of a place that an earlier one has refused is only its echo.</summary>
    private static List<WorkflowError> InFileOrder(List<WorkflowError> errors) =>
    [
        .. errors
            .DistinctBy(error => (error.Location, error.Message))
            .GroupBy(error => error.Location)
            .SelectMany(group => group.Where(error => error.Stage == group.Min(other => other.Stage)))
            .OrderBy(error => (error.Location.Line, error.Location.Column)),
    ];

    private static Job? ConvertJob(TemplateToken id, TemplateToken job, List<WorkflowError> errors) =>
        id is StringToken jobId && job is MappingToken mapping ? new JobConverter(errors).Convert(jobId, mapping) : null;

    private static Workflow Convert(string path, MappingToken document, List<WorkflowError> errors)
    {
        var jobs = new List<Job>();
        var jobsToken = document.Get("jobs") as MappingToken;
        foreach ((TemplateToken key, TemplateToken value) in document.Items)
        {
            if (key.AsText() == "concurrency")
                JobConverter.CheckConcurrency(value, errors);
            else if (ReferenceEquals(value, jobsToken))
                jobs.AddRange(jobsToken.Items.Select(job => ConvertJob(job.Key, job.Value, errors)).OfType<Job>());
        }

        if (jobsToken is not null && jobs.Count == jobsToken.Items.Count)
            NeedsCheck.Run(jobsToken.Location, jobs, errors);
        IReadOnlyDictionary<string, string>? permissions = PermissionConverter.Convert(document.Get("permissions"));
        return new Workflow
        {
            Path = path,
            Name = document.Get("name").AsText() is { Length: > 0 } name ? name : null,
            RunName = document.Get("run-name"),
            Triggers = TriggerConverter.Convert(document.Get("on")),
            Environment = document.Get("env") as MappingToken,
            EnvironmentExpression = document.Get("env") as ExpressionToken,
            Defaults = JobConverter.ConvertDefaults(document.Get("defaults")),
            DefaultsToken = document.Get("defaults"),
            Permissions = permissions,
            Concurrency = document.Get("concurrency"),
            Jobs = permissions is null ? jobs : [.. jobs.Select(job => job.Permissions is null ? job with { Permissions = permissions } : job)],
        };
    }
}
