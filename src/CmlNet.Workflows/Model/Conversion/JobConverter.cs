using CmlNet.Workflows.Model.Schema;
using CmlNet.Workflows.Planning;

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
        CheckEarly(job);
        IReadOnlyList<StringToken> needs = job.Get("needs").AsStrings();
        TemplateToken? name = job.Get("name");
        return new Job
        {
            Id = id.Value,
            Location = id.Location,
            Name = name is StringToken { Value.Length: 0 } ? null : name,
            Needs = [.. needs.Select(need => need.Value)],
            NeedTokens = needs,
            Condition = ConditionConverter.Convert(job.Get("if"), WorkflowSchema.JobCondition, errors),
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
            Steps = new StepConverter(errors).Convert(job.Get("steps")),
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

    private void CheckEarly(MappingToken job)
    {
        CheckConcurrency(job.Get("concurrency"), errors);
        if (job.Get("strategy") is MappingToken strategy)
            CheckStrategy(strategy);
        if (job.Get("container") is { } container)
            CheckImage(container, isService: false);
        if (job.Get("services") is MappingToken services && !services.HasExpression())
        {
            foreach ((_, TemplateToken service) in services.Items)
                CheckImage(service, isService: true);
        }

        if (job.Get("runs-on") is MappingToken runsOn && runsOn.Get("group") is StringToken group)
            CheckRunnerGroup(group);
    }

    private void CheckStrategy(MappingToken strategy)
    {
        if (strategy.Get("matrix") is not MappingToken matrix)
            return;
        try
        {
            if (!matrix.HasExpression())
                MatrixBuilder.Build(matrix);
        }
        catch (WorkflowException e)
        {
            errors.Add(e.Error);
        }
    }

    private void CheckImage(TemplateToken container, bool isService)
    {
        if (container.HasExpression())
            return;
        TemplateToken? written = container is MappingToken mapping ? mapping.Get("image") : container;
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
