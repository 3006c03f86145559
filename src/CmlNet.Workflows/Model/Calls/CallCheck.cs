using CmlNet.Workflows.Model.Schema;

namespace CmlNet.Workflows.Model.Calls;

/// <summary>One call against the workflow it calls: inputs, secrets, permissions.</summary>
internal static class CallCheck
{
    /// <summary>What a token may do when nobody says: GitHub's limited-read default.</summary>
    private static readonly Dictionary<string, string> DefaultPermissions = new(StringComparer.Ordinal) { ["contents"] = "read", ["packages"] = "read" };

    /// <summary>The order in which GitHub lists scopes; those it has added since come last.</summary>
    private static readonly string[] Order =
    [
        "actions", "artifact-metadata", "attestations", "checks", "contents", "deployments", "discussions", "issues", "packages", "pages",
        "pull-requests", "repository-projects", "statuses", "security-events", "id-token", "models",
    ];

    public static IEnumerable<WorkflowError> Run(Job job, WorkflowCall call, IReadOnlyDictionary<string, string>? maxPermissions)
    {
        var inputs = job.With as MappingToken;
        var secrets = job.Secrets as MappingToken;
        IEnumerable<WorkflowError> errors = Inputs(job, call.InputDefinitions, inputs);
        if (job.Secrets is not StringToken)
            errors = errors.Concat(Secrets(job, call.SecretDefinitions, secrets));
        return errors.Concat(Permissions(job, call, maxPermissions ?? DefaultPermissions));
    }

    private static IEnumerable<WorkflowError> Inputs(Job job, MappingToken? definitions, MappingToken? values)
    {
        foreach ((TemplateToken key, TemplateToken value) in definitions?.Items ?? [])
        {
            if (value is not MappingToken definition)
                continue;
            string name = SchemaValidator.TextOf(key);
            string type = definition.Get("type").AsText() ?? "string";
            if (definition.Get("default") is { } byDefault && Mismatch(type, byDefault) is { } wrongDefault)
                yield return wrongDefault;
            if (Find(values, name) is { } given)
            {
                if (Mismatch(type, given) is { } wrong)
                    yield return wrong;
            }
            else if (definition.Get("required") is BooleanToken { Value: true })
            {
                yield return new WorkflowError(job.UsesLocation, $"Input {name} is required, but not provided while calling.");
            }
        }

        foreach (WorkflowError error in Undefined(definitions, values, "input"))
            yield return error;
    }

    private static WorkflowError? Mismatch(string type, TemplateToken value)
    {
        bool fits = value is ExpressionToken || type switch
        {
            "boolean" => value is BooleanToken,
            "number" => value is NumberToken,
            _ => true,
        };
        return fits ? null : new WorkflowError(value.Location, $"Unexpected value '{SchemaValidator.TextOf(value)}'");
    }

    private static IEnumerable<WorkflowError> Secrets(Job job, MappingToken? definitions, MappingToken? values)
    {
        foreach ((TemplateToken key, TemplateToken value) in definitions?.Items ?? [])
        {
            string name = SchemaValidator.TextOf(key);
            if (value is MappingToken definition && definition.Get("required") is BooleanToken { Value: true } && Find(values, name) is null)
                yield return new WorkflowError(job.UsesLocation, $"Secret {name} is required, but not provided while calling.");
        }

        foreach (WorkflowError error in Undefined(definitions, values, "secret"))
            yield return error;
    }

    private static IEnumerable<WorkflowError> Undefined(MappingToken? definitions, MappingToken? values, string kind)
    {
        foreach ((TemplateToken key, TemplateToken value) in values?.Items ?? [])
        {
            if (key is StringToken name && Find(definitions, name.Value) is null)
                yield return new WorkflowError(value.Location, $"Invalid {kind}, {name.Value} is not defined in the referenced workflow.");
        }
    }

    private static IEnumerable<WorkflowError> Permissions(Job job, WorkflowCall call, IReadOnlyDictionary<string, string> max)
    {
        if (call.Workflow.Permissions is { } ofWorkflow && Excess(ofWorkflow, max) is { } excess)
            yield return Error(job, $"The workflow '{job.Uses}'", excess);
        foreach (Job nested in call.Workflow.Jobs)
        {
            // Jobs that have taken over the workflow's own are told by the line above.
            if (nested.Permissions is { } requested && !ReferenceEquals(requested, call.Workflow.Permissions) && Excess(requested, max) is { } nestedExcess)
                yield return Error(job, $"The nested job '{(nested.Name is { } name ? SchemaValidator.TextOf(name) : nested.Id)}'", nestedExcess);
        }
    }

    private static WorkflowError Error(Job job, string who, (string Requested, string Allowed) excess) => new(job.Location,
        $"Error calling workflow '{job.Uses}'. {who} is requesting '{excess.Requested}', but is only allowed '{excess.Allowed}'.");

    private static (string Requested, string Allowed)? Excess(IReadOnlyDictionary<string, string> requested, IReadOnlyDictionary<string, string> max)
    {
        var excess = requested
            .Select(pair => (Scope: pair.Key, Level: pair.Value, Allowed: max.GetValueOrDefault(pair.Key, "none")))
            .Where(item => Rank(item.Level) > Rank(item.Allowed))
            .OrderBy(item => (uint)Array.IndexOf(Order, item.Scope))
            .ThenBy(item => item.Scope, StringComparer.Ordinal)
            .ToList();
        return excess.Count == 0 ? null
            : (string.Join(", ", excess.Select(item => $"{item.Scope}: {item.Level}")), string.Join(", ", excess.Select(item => $"{item.Scope}: {item.Allowed}")));
    }

    private static int Rank(string level) => level switch { "write" => 2, "read" => 1, _ => 0 };

    private static TemplateToken? Find(MappingToken? mapping, string key) =>
        mapping?.Items.FirstOrDefault(pair => SchemaValidator.TextOf(pair.Key).Equals(key, StringComparison.OrdinalIgnoreCase)).Value;
}
