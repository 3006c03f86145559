using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution.Contexts;

/// <summary>The contexts of one place in a run; immutable, so that jobs at once cannot disturb each other.</summary>
internal sealed record ContextSet
{
    public required ObjectValue GitHub { get; init; }

    public ObjectValue Inputs { get; init; } = [];

    public ObjectValue Variables { get; init; } = [];

    public ObjectValue Secrets { get; init; } = [];

    public ObjectValue Needs { get; init; } = [];

    public ExpressionValue Strategy { get; init; } = ExpressionValue.Null;

    public ExpressionValue Matrix { get; init; } = ExpressionValue.Null;

    /// <summary>Names are case-sensitive, as environment variables are.</summary>
    public ObjectValue Environment { get; init; } = new(caseSensitive: true);

    public ObjectValue Job { get; init; } = [];

    public ObjectValue Runner { get; init; } = [];

    public ObjectValue Steps { get; init; } = [];

    /// <summary>hashFiles(…) over the job's workspace; null before there is one.</summary>
    public Func<IReadOnlyList<string>, string>? HashFiles { get; init; }

    /// <summary>A scope that sees only the named contexts (the "context" column of GitHub's workflow schema).</summary>
    public ExpressionScope Scope(params ReadOnlySpan<string> names)
    {
        var contexts = new Dictionary<string, ExpressionValue>(names.Length, StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
            contexts[name] = Named(name);
        return new ExpressionScope { Contexts = contexts };
    }

    private ExpressionValue Named(string name) => name switch
    {
        "github" => GitHub,
        "inputs" => Inputs,
        "vars" => Variables,
        "secrets" => Secrets,
        "needs" => Needs,
        "strategy" => Strategy,
        "matrix" => Matrix,
        "env" => Environment,
        "job" => Job,
        "runner" => Runner,
        "steps" => Steps,
        _ => throw new ArgumentException($"There is no context called '{name}'.", nameof(name)),
    };
}
