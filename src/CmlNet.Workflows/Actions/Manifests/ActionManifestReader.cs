using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Conversion;
using CmlNet.Workflows.Model.Schema;
using CmlNet.Workflows.Model.Yaml;

namespace CmlNet.Workflows.Actions.Manifests;

/// <summary>An <c>action.yml</c>'s text to its model, or to everything that is wrong with it.</summary>
internal sealed class ActionManifestReader
{
    private readonly List<WorkflowError> _errors = [];
    private readonly string _path;

    private ActionManifestReader(string path) => _path = path;

    /// <param name="path">As messages shall name the file.</param>
    /// <param name="text">The file.</param>
    /// <param name="errors">Empty when a manifest is returned.</param>
    public static ActionManifest? Read(string path, string text, out IReadOnlyList<WorkflowError> errors)
    {
        var reader = new ActionManifestReader(path);
        ActionManifest? manifest = reader.Read(text);
        errors = reader._errors;
        return reader._errors.Count == 0 ? manifest : null;
    }

    private ActionManifest? Read(string text)
    {
        TemplateToken raw;
        try
        {
            raw = YamlReader.Read(_path, text, WorkflowParseOptions.Default);
        }
        catch (WorkflowException e)
        {
            _errors.Add(e.Error);
            return null;
        }
        if (new SchemaValidator(_errors).Validate(raw, ActionSchema.Root) is not MappingToken document || _errors.Count > 0)
            return null;
        if (document.Get("runs") is not MappingToken runs || ReadRuns(runs) is not { } how)
            return null;
        return new ActionManifest
        {
            Path = _path,
            Name = document.Get("name").AsText(),
            Inputs = [.. Entries(document.Get("inputs")).Select(entry => ReadInput(entry.Key, entry.Value))],
            Outputs = [.. Entries(document.Get("outputs")).Where(entry => entry.Value?.Get("value") is not null).Select(entry => KeyValuePair.Create(entry.Key, entry.Value!.Get("value")!))],
            Runs = how,
        };
    }

    private static IEnumerable<(string Key, MappingToken? Value)> Entries(TemplateToken? token)
    {
        foreach ((TemplateToken key, TemplateToken value) in (token as MappingToken)?.Items ?? [])
            yield return (SchemaValidator.TextOf(key), value as MappingToken);
    }

    private static ActionInputDefinition ReadInput(string name, MappingToken? token) => new()
    {
        Name = name,
        Default = token?.Get("default"),
        IsRequired = token?.Get("required") is BooleanToken { Value: true } or StringToken { Value: "true" },
        Deprecation = token?.Get("deprecationMessage").AsText(),
    };

    private ActionRuns? ReadRuns(MappingToken runs)
    {
        string kind = runs.Get("using").AsText() ?? "";
        if (kind.Equals("composite", StringComparison.OrdinalIgnoreCase))
            return runs.Get("steps") is SequenceToken steps ? new CompositeRuns(new StepConverter(_errors, ActionSchema.StepCondition).Convert(steps)) : Missing(runs, "steps");
        if (kind.Equals("docker", StringComparison.OrdinalIgnoreCase))
            return ReadDocker(runs);
        if (NodeVersion(kind) is { } version)
            return ReadNode(runs, version);
        _errors.Add(new WorkflowError((runs.Get("using") ?? runs).Location, $"'using: {kind}' is not supported, use 'docker', 'node12', 'node16', 'node20', 'node24' or 'composite' instead."));
        return null;
    }

    /// <summary>The official runner has two: what asks for an older one gets the first of them.</summary>
    private static int? NodeVersion(string kind) => kind.ToUpperInvariant() switch
    {
        "NODE12" or "NODE16" or "NODE20" => 20,
        "NODE24" => 24,
        _ => null,
    };

    private NodeRuns? ReadNode(MappingToken runs, int version)
    {
        if (runs.Get("main").AsText() is not { } main)
            return (NodeRuns?)Missing(runs, "main");
        return new NodeRuns(version, main)
        {
            Pre = runs.Get("pre").AsText(),
            PreCondition = Condition(runs.Get("pre-if")),
            Post = runs.Get("post").AsText(),
            PostCondition = Condition(runs.Get("post-if")),
        };
    }

    private DockerRuns? ReadDocker(MappingToken runs)
    {
        if (runs.Get("image").AsText() is not { } image)
            return (DockerRuns?)Missing(runs, "image");
        return new DockerRuns(image)
        {
            Entrypoint = runs.Get("entrypoint").AsText(),
            PreEntrypoint = runs.Get("pre-entrypoint").AsText(),
            PreCondition = Condition(runs.Get("pre-if")),
            PostEntrypoint = runs.Get("post-entrypoint").AsText(),
            PostCondition = Condition(runs.Get("post-if")),
            Arguments = runs.Get("args") as SequenceToken,
            Environment = runs.Get("env"),
        };
    }

    private string Condition(TemplateToken? token)
    {
        string condition = ConditionConverter.Convert(token, ActionSchema.HookCondition, _errors);
        // Unlike a step, a hook without a condition runs whatever happened.
        return string.IsNullOrWhiteSpace(token is ExpressionToken ? "given" : token.AsText()) && condition == ConditionNormalizer.Default ? "always()" : condition;
    }

    private ActionRuns? Missing(MappingToken runs, string key)
    {
        _errors.Add(new WorkflowError(runs.Location, $"Required property is missing: {key}"));
        return null;
    }
}
