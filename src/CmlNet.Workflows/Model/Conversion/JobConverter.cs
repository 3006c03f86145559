using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model.Schema;

namespace CmlNet.Workflows.Model.Conversion;

/// <summary>One job of <c>jobs</c>, with what can be checked before any expression is known.</summary>
internal sealed class JobConverter(ICollection<WorkflowError> errors)
{
    private const string DockerPrefix = "docker://";
    private const int MaxConcurrencyGroupLength = 400;

    public Job Convert(StringToken id, MappingToken job)
    {
        if (new IdentifierRegistry().Add(id.Value) is { } problem)
            Report(id, problem);
        (string condition, IReadOnlyList<Step> steps) = ReadInOrder(job);
        IReadOnlyList<StringToken> needs = job.Get("needs").AsStrings();
        TemplateToken? name = job.Get("name");
        return new Job
        {
            Id = id.Value,
            Location = id.Location,
            Name = name is StringToken { Value.Length: 0 } ? null : name,
            Needs = [.. needs.Select(need => need.Value)],
            NeedTokens = needs,
            Condition = condition,
            ConditionLocation = job.Get("if")?.Location ?? id.Location,
            Strategy = job.Get("strategy"),
            ContinueOnError = job.Get("continue-on-error"),
            TimeoutMinutes = job.Get("timeout-minutes"),
            CancelTimeoutMinutes = job.Get("cancel-timeout-minutes"),
            Concurrency = job.Get("concurrency"),
            Permissions = PermissionConverter.Convert(job.Get("permissions")),
            Environment = job.Get("env") as MappingToken,
            EnvironmentExpression = job.Get("env") as ExpressionToken,
            DeploymentEnvironment = job.Get("environment"),
            Defaults = ConvertDefaults(job.Get("defaults")),
            DefaultsToken = job.Get("defaults"),
            RunsOn = job.Get("runs-on"),
            Container = job.Get("container"),
            Services = job.Get("services"),
            Outputs = job.Get("outputs"),
            Steps = steps,
            Uses = job.Get("uses").AsText(),
            UsesLocation = job.Get("uses")?.Location ?? default,
            With = job.Get("with"),
            Secrets = job.Get("secrets"),
            Snapshot = job.Get("snapshot"),
        };
    }

    public static RunDefaults? ConvertDefaults(TemplateToken? token) =>
        (token as MappingToken)?.Get("run") is MappingToken run ? new RunDefaults(run.Get("shell"), run.Get("working-directory")) : null;

    public static void CheckConcurrency(TemplateToken? token, ICollection<WorkflowError> errors)
    {
        TemplateToken? group = token is MappingToken mapping ? mapping.Get("group") : token;
        if (token is not null && group.AsText() is { Length: > MaxConcurrencyGroupLength })
            errors.Add(new WorkflowError(token.Location, $"Concurrency group name must be less than {MaxConcurrencyGroupLength} characters"));
    }

    /// <summary>Key by key as written, so that errors come in GitHub's order.</summary>
    private (string Condition, IReadOnlyList<Step> Steps) ReadInOrder(MappingToken job)
    {
        string condition = ConditionNormalizer.Default;
        IReadOnlyList<Step> steps = [];
        foreach ((TemplateToken key, TemplateToken value) in job.Items)
        {
            switch (key.AsText(), value)
            {
                case ("if", _):
                    condition = ConditionConverter.Convert(value, WorkflowSchema.JobCondition, errors);
                    break;
                case ("steps", _):
                    steps = new StepConverter(errors).Convert(value);
                    break;
                default:
                    CheckEarly(key.AsText(), value);
                    break;
            }
        }

        return (condition, steps);
    }

    private void CheckEarly(string? key, TemplateToken value)
    {
        switch (key, value)
        {
            case ("concurrency", _):
                CheckConcurrency(value, errors);
                break;
            case ("strategy", MappingToken strategy):
                new StrategyCheck(errors).Run(strategy);
                break;
            case ("container", _):
                CheckImage(value, isService: false);
                break;
            case ("services", MappingToken services) when !services.HasExpression():
                foreach ((_, TemplateToken service) in services.Items)
                    CheckImage(service, isService: true);
                break;
            case ("runs-on", MappingToken runsOn) when runsOn.Get("group") is StringToken group:
                CheckRunnerGroup(group);
                break;
            case ("snapshot", _):
                SnapshotCheck.Run(value, errors);
                break;
        }
    }

    private void CheckImage(TemplateToken container, bool isService)
    {
        TemplateToken? written = container is MappingToken mapping ? mapping.Get("image") : container;
        if (container.HasExpression() || written is not (StringToken or null))
            return;
        string image = written.AsText() ?? "";
        bool hasPrefix = image.StartsWith(DockerPrefix, StringComparison.Ordinal);
        // `container: ''` means none; a mapping without an image is an oversight.
        if (image.Length == (hasPrefix ? DockerPrefix.Length : 0) && (hasPrefix || isService || written is null))
            Report(container, "Container image cannot be empty");
    }

    private void CheckRunnerGroup(StringToken group)
    {
        string[] parts = group.Value.Split('/');
        string problem = $"Invalid runs-on group name '{group.Value}'.";
        if (parts is [_, ""])
            Report(group, problem);
        else if (parts.Length > 2 || (parts.Length == 2 && parts[0] is not ("org" or "organization" or "ent" or "enterprise")))
            Report(group, $"{problem} Please use 'organization/' or 'enterprise/' prefix to target a single runner group.");
    }

    private void Report(TemplateToken token, string message) => errors.Add(new WorkflowError(token.Location, message));
}
