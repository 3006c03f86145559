using System.Text.Json;
using CmlNet.Workflows.Model.Calls;

namespace CmlNet.Workflows.Model.Json;

/// <summary>The <c>jobs</c> of <see cref="WorkflowJson"/>.</summary>
internal sealed class JobJsonWriter(Utf8JsonWriter writer, TokenJsonWriter tokens)
{
    public void WriteJobs(Workflow workflow, IReadOnlyDictionary<string, WorkflowCall> calls, IReadOnlyDictionary<string, string>? inherited)
    {
        writer.WriteStartArray("jobs");
        foreach (Job job in workflow.Jobs)
        {
            Job effective = job.Permissions is null ? job with { Permissions = inherited } : job;
            if (effective.Uses is null)
                WriteJob(effective);
            else
                WriteCall(effective, calls.GetValueOrDefault(job.Id));
        }

        writer.WriteEndArray();
    }

    public static void WritePermissions(Utf8JsonWriter writer, IReadOnlyDictionary<string, string>? permissions)
    {
        if (permissions is null)
            return;
        writer.WriteStartObject("permissions");
        foreach ((string scope, string level) in permissions.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            writer.WriteString(scope, level);
        writer.WriteEndObject();
    }

    private void WriteJob(Job job)
    {
        WriteHead("job", job);
        if (job.NeedTokens.Count > 0)
            WriteNeeds(job);
        WriteCondition(job.Condition, job.ConditionLocation, job.Location);
        tokens.Write("strategy", job.Strategy);
        tokens.Write("continue-on-error", job.ContinueOnError);
        tokens.Write("timeout-minutes", job.TimeoutMinutes);
        tokens.Write("cancel-timeout-minutes", job.CancelTimeoutMinutes);
        tokens.Write("concurrency", job.Concurrency);
        WritePermissions(writer, job.Permissions);
        tokens.Write("env", (TemplateToken?)job.Environment ?? job.EnvironmentExpression);
        tokens.Write("environment", job.DeploymentEnvironment);
        tokens.Write("defaults", job.DefaultsToken);
        tokens.Write("runs-on", job.RunsOn);
        tokens.Write("container", job.Container);
        tokens.Write("services", job.Services);
        tokens.Write("outputs", job.Outputs);
        if (job.Steps.Count > 0)
        {
            writer.WriteStartArray("steps");
            foreach (Step step in job.Steps)
                WriteStep(step);
            writer.WriteEndArray();
        }

        tokens.Write("snapshot", job.Snapshot);
        writer.WriteEndObject();
    }

    private void WriteCall(Job job, WorkflowCall? call)
    {
        WriteHead("reusableWorkflowJob", job);
        WriteNeeds(job);
        WriteCondition(job.Condition, job.ConditionLocation, job.Location);
        tokens.Write("ref", new StringToken(job.UsesLocation, job.Uses ?? ""));
        WritePermissions(writer, call?.Permissions ?? job.Permissions);
        tokens.Write("input-definitions", call?.InputDefinitions);
        tokens.Write("input-values", job.With);
        tokens.Write("secret-definitions", call?.SecretDefinitions);
        if (job.Secrets is StringToken)
            writer.WriteBoolean("inherit-secrets", true);
        else
            tokens.Write("secret-values", job.Secrets);
        tokens.Write("outputs", call?.Outputs);
        tokens.Write("strategy", job.Strategy);
        if (call is not null)
            WriteJobs(call.Workflow, call.Calls, call.Permissions);
        writer.WriteEndObject();
    }

    private void WriteHead(string type, Job job)
    {
        writer.WriteStartObject();
        writer.WriteString("type", type);
        tokens.Write("id", new StringToken(job.Location, job.Id));
        tokens.Write("name", job.Name ?? new StringToken(job.Location, job.Id));
    }

    private void WriteNeeds(Job job)
    {
        writer.WriteStartArray("needs");
        foreach (StringToken need in job.NeedTokens)
            tokens.Write(need);
        writer.WriteEndArray();
    }

    /// <summary>A condition that was not written has no place.</summary>
    private void WriteCondition(string condition, SourceLocation location, SourceLocation owner) =>
        tokens.Write("if", new ExpressionToken(location == owner ? default : location, condition));

    private void WriteStep(Step step)
    {
        writer.WriteStartObject();
        writer.WriteString("id", step.Id);
        tokens.Write("name", step.Name);
        WriteCondition(step.Condition, step.ConditionLocation, step.Location);
        tokens.Write("continue-on-error", step.ContinueOnError);
        tokens.Write("timeout-minutes", step.TimeoutMinutes);
        tokens.Write("env", (TemplateToken?)step.Environment ?? step.EnvironmentExpression);
        tokens.Write("working-directory", step.WorkingDirectory);
        tokens.Write("shell", step.Shell);
        tokens.Write("run", step.Run);
        if (step.Uses is { } uses)
            tokens.Write("uses", new StringToken(step.UsesLocation, uses));
        tokens.Write("with", (TemplateToken?)step.With ?? step.WithExpression);
        writer.WriteEndObject();
    }
}
