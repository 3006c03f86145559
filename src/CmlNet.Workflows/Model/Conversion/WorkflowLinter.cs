using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Expressions.Syntax;

namespace CmlNet.Workflows.Model.Conversion;

/// <summary>Names that GitHub would silently take for null: a need that is not listed, a misspelt key of <c>github</c>, an output of no job.</summary>
internal sealed class WorkflowLinter
{
    private static readonly HashSet<string> GitHubKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        "action", "action_path", "action_ref", "action_repository", "action_status", "actor", "actor_id", "api_url", "artifact_cache_size_limit",
        "base_ref", "env", "event", "event_name", "event_path", "graphql_url", "head_ref", "job", "job_workflow_sha", "output", "path", "ref", "ref_name",
        "ref_protected", "ref_type", "repository", "repository_id", "repository_owner", "repository_owner_id", "repository_visibility", "repositoryUrl",
        "retention_days", "run_attempt", "run_id", "run_number", "secret_source", "server_url", "sha", "state", "step_summary", "token",
        "triggering_actor", "workflow", "workflow_ref", "workflow_sha", "workspace",
    };

    private readonly ICollection<WorkflowError> _errors;
    private readonly HashSet<string> _jobs;

    private WorkflowLinter(Workflow workflow, ICollection<WorkflowError> errors)
    {
        _errors = errors;
        _jobs = new HashSet<string>(workflow.Jobs.Select(job => job.Id), StringComparer.OrdinalIgnoreCase);
    }

    public static void Check(MappingToken document, Workflow workflow, ICollection<WorkflowError> errors)
    {
        new TriggerLinter(errors).Check(document);
        var linter = new WorkflowLinter(workflow, errors);
        foreach ((TemplateToken key, TemplateToken value) in document.Items)
        {
            if (key.AsText() != "jobs")
                linter.Walk(value, null);
        }

        foreach ((TemplateToken id, TemplateToken value) in (document.Get("jobs") as MappingToken)?.Items ?? [])
            linter.Walk(value, workflow.Jobs.FirstOrDefault(job => job.Location == id.Location));
    }

    private void Walk(TemplateToken token, Job? job)
    {
        switch (token)
        {
            case ExpressionToken expression:
                CheckExpression(expression.Expression, expression.Location, job);
                break;
            case SequenceToken sequence:
                foreach (TemplateToken item in sequence.Items)
                    Walk(item, job);
                break;
            case MappingToken mapping:
                foreach ((TemplateToken key, TemplateToken value) in mapping.Items)
                {
                    Walk(key, job);
                    // The one key whose plain string is an expression.
                    if (key.AsText() == "if" && value is StringToken condition)
                        CheckExpression(condition.Value, condition.Location, job);
                    else
                        Walk(value, job);
                }

                break;
        }
    }

    private void CheckExpression(string text, SourceLocation location, Job? job)
    {
        try
        {
            if (ExpressionParser.Parse(text, ExpressionVocabulary.Any) is { } tree)
                Visit(tree, location, job);
        }
        catch (ExpressionException)
        {
            // Reported where it was read.
        }
    }

    private void Visit(ExpressionNode node, SourceLocation location, Job? job)
    {
        if (node is IndexNode { Target: ContextNode context, Index: LiteralNode { Value: StringValue key } })
            CheckName(context.Name, key.Value, location, job);
        foreach (ExpressionNode child in node.Children)
            Visit(child, location, job);
    }

    private void CheckName(string context, string key, SourceLocation location, Job? job)
    {
        if (context.Equals("github", StringComparison.OrdinalIgnoreCase) && !GitHubKeys.Contains(key))
            Report(location, $"'{key}' is not a key of the 'github' context", Suggestion(key));
        else if (context.Equals("needs", StringComparison.OrdinalIgnoreCase) && job is not null && !job.Needs.Contains(key, StringComparer.OrdinalIgnoreCase))
            Report(location, $"Job '{job.Id}' uses 'needs.{key}' but does not need it", _jobs.Contains(key) ? $"add '{key}' to the job's needs" : $"there is no job '{key}'");
        else if (context.Equals("jobs", StringComparison.OrdinalIgnoreCase) && !_jobs.Contains(key))
            Report(location, $"'jobs.{key}' names no job of this workflow");
    }

    private static string? Suggestion(string key)
    {
        string? nearest = GitHubKeys.MinBy(known => Distance(known, key));
        return nearest is not null && Distance(nearest, key) <= Math.Min(2, key.Length / 3) ? $"did you mean github.{nearest}?" : null;
    }

    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 2)
            return int.MaxValue;
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                int best = Math.Min(diagonal + cost, Math.Min(row[j], row[j - 1]) + 1);
                diagonal = row[j];
                row[j] = best;
            }
        }

        return row[b.Length];
    }

    private void Report(SourceLocation location, string message, string? hint = null) =>
        _errors.Add(new WorkflowError(location, message, hint) { Stage = WorkflowErrorStage.Lint });
}
