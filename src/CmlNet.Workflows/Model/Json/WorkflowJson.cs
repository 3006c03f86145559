using System.Text.Json;
using CmlNet.Workflows.Model.Calls;

namespace CmlNet.Workflows.Model.Json;

/// <summary>A parsed workflow as JSON in the form of GitHub's own parser, so that tools can compare.</summary>
public static class WorkflowJson
{
    private const int MaxErrors = 10;
    private const int MaxMessageLength = 500;

    /// <summary>Errors of the first stage that found any, as GitHub stops there; what only our linter found is left out.</summary>
    public static IReadOnlyList<WorkflowError> Fatal(WorkflowParseResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        WorkflowErrorStage? first = result.Encountered.Where(error => error.Stage != WorkflowErrorStage.Lint).Select(error => (WorkflowErrorStage?)error.Stage).Min();
        if (first != WorkflowErrorStage.Yaml)
            return first is null ? [] : [.. result.Encountered.Where(error => error.Stage == first)];
        // GitHub checks as it reads, and stops at a value that can't be read.
        WorkflowError stop = result.Encountered.First(error => error.Stage == first);
        return [.. result.Encountered.Where(error => error.Stage == WorkflowErrorStage.Schema && IsBefore(error.Location, stop.Location)), stop];
    }

    private static bool IsBefore(SourceLocation one, SourceLocation other) => (one.Line, one.Column).CompareTo((other.Line, other.Column)) < 0;

    /// <summary>The only content of a document with errors.</summary>
    public static void WriteErrors(Utf8JsonWriter writer, IReadOnlyList<WorkflowError> errors)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(errors);
        writer.WriteStartObject();
        writer.WriteStartArray("errors");
        foreach (WorkflowError error in errors.Take(MaxErrors))
        {
            string message = MessageOf(error);
            if (message.Length > MaxMessageLength)
                message = $"{message[..MaxMessageLength]}[...]";
            writer.WriteStartObject();
            writer.WriteString("Message", error.Caller is { } caller ? $"In {Place(caller)}: Error from called workflow {message}" : message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <param name="writer">Where to.</param>
    /// <param name="result">A file without fatal errors.</param>
    /// <param name="calls">The workflows it calls.</param>
    /// <param name="includeSource">Write every token with its file, line and column, and a table of files.</param>
    public static void Write(Utf8JsonWriter writer, WorkflowParseResult result, WorkflowCallResult calls, bool includeSource)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(calls);
        Workflow workflow = result.GitHubView ?? throw new ArgumentException("The workflow has errors", nameof(result));
        List<string> files = [workflow.Path, .. calls.Files];
        var tokens = new TokenJsonWriter(writer, includeSource ? files : null);
        writer.WriteStartObject();
        WriteInputTypes(writer, workflow);
        tokens.Write("env", (TemplateToken?)workflow.Environment ?? workflow.EnvironmentExpression);
        JobJsonWriter.WritePermissions(writer, workflow.Permissions);
        tokens.Write("defaults", workflow.DefaultsToken);
        tokens.Write("concurrency", workflow.Concurrency);
        new JobJsonWriter(writer, tokens).WriteJobs(workflow, calls.Calls, workflow.Permissions);
        if (includeSource)
        {
            writer.WriteStartArray("file-table");
            foreach (string file in files)
                writer.WriteStringValue(file);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteInputTypes(Utf8JsonWriter writer, Workflow workflow)
    {
        if (workflow.Triggers.Events.GetValueOrDefault("workflow_dispatch")?.Configuration is not MappingToken dispatch
            || dispatch.Get("inputs") is not MappingToken { Items.Count: > 0 } inputs)
            return;
        writer.WriteStartObject("input-types");
        foreach ((TemplateToken key, TemplateToken value) in inputs.Items)
            writer.WriteString(key.AsText() ?? "", (value as MappingToken)?.Get("type").AsText() ?? "string");
        writer.WriteEndObject();
    }

    private static string MessageOf(WorkflowError error)
    {
        string message = error.Message;
        if (error.IsUnplaced || error.Location.Path is not { Length: > 0 } path)
            return message;
        return (error.Stage, error.Span) switch
        {
            (WorkflowErrorStage.Yaml, { } span) => $"{path}: {span}: {message}",
            (WorkflowErrorStage.Yaml, _) => $"{path}: {message}",
            _ => $"{Place(error.Location)}: {message}",
        };
    }

    private static string Place(SourceLocation location) => $"{location.Path} (Line: {location.Line}, Col: {location.Column})";
}
