using CmlNet.Workflows.Model.Schema;

namespace CmlNet.Workflows.Model.Conversion;

/// <summary>A job's <c>steps</c>.</summary>
internal sealed class StepConverter(ICollection<WorkflowError> errors, string condition = WorkflowSchema.StepCondition)
{
    private const string DockerPrefix = "docker://";

    private readonly IdentifierRegistry _ids = new();

    public IReadOnlyList<Step> Convert(TemplateToken? token)
    {
        if (token is not SequenceToken sequence)
            return [];
        // Given ids first: a made-up one must not take the id of a step further down.
        List<Step> steps = [.. sequence.Items.OfType<MappingToken>().Select(ConvertStep)];
        return [.. steps.Select(step => step.Id.Length > 0 ? step : step with { Id = _ids.Generate(AutomaticName(step.Uses)) })];
    }

    private string ReadId(MappingToken step)
    {
        if (step.Get("id") is not StringToken id)
            return "";
        if (_ids.Add(id.Value) is { } problem)
            errors.Add(new WorkflowError(id.Location, problem));
        return id.Value;
    }

    /// <summary>What is wrong is told in GitHub's order: id, condition, reference. Without an id of its own the step has none yet.</summary>
    private Step ConvertStep(MappingToken step)
    {
        string id = ReadId(step);
        string normalized = ConditionConverter.Convert(step.Get("if"), condition, errors);
        var uses = step.Get("uses") as StringToken;
        if (uses is not null)
            CheckReference(uses);
        return new Step
        {
            Id = id,
            Location = step.Location,
            Name = step.Get("name"),
            Condition = normalized,
            ConditionLocation = (step.Get("if") ?? step).Location,
            ContinueOnError = step.Get("continue-on-error"),
            TimeoutMinutes = step.Get("timeout-minutes"),
            Environment = step.Get("env") as MappingToken,
            EnvironmentExpression = step.Get("env") as ExpressionToken,
            WorkingDirectory = step.Get("working-directory"),
            Shell = step.Get("shell"),
            Run = step.Get("run"),
            Uses = uses?.Value,
            UsesLocation = uses?.Location ?? default,
            With = step.Get("with") as MappingToken,
            WithExpression = step.Get("with") as ExpressionToken,
        };
    }

    private void CheckReference(StringToken uses)
    {
        if (!IsDocker(uses.Value) && !IsLocal(uses.Value) && OwnerAndRepository(uses.Value) is null)
            errors.Add(new WorkflowError(uses.Location, $"Expected format {{org}}/{{repo}}[/path]@ref. Actual '{uses.Value}'"));
    }

    private static string AutomaticName(string? uses)
    {
        if (uses is null)
            return "run";
        if (IsDocker(uses))
            return uses.Length > DockerPrefix.Length ? uses[DockerPrefix.Length..] : "run";
        return IsLocal(uses) ? "self" : OwnerAndRepository(uses) ?? "run";
    }

    private static bool IsDocker(string uses) => uses.StartsWith(DockerPrefix, StringComparison.Ordinal);

    private static bool IsLocal(string uses) => uses.StartsWith("./", StringComparison.Ordinal) || uses.StartsWith(".\\", StringComparison.Ordinal);

    private static string? OwnerAndRepository(string uses) =>
        uses.Split('@') is [var path, { Length: > 0 }] && path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries) is [var owner, var repository, ..]
            ? $"{owner}/{repository}"
            : null;
}
