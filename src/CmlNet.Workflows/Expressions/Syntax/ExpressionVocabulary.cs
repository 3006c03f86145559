namespace CmlNet.Workflows.Expressions.Syntax;

/// <summary>The names an expression may use where it stands: contexts, and functions with how many arguments they take.</summary>
internal sealed record ExpressionVocabulary
{
    /// <summary>Anything goes: for looking at an expression without judging it.</summary>
    public static ExpressionVocabulary Any { get; } = new() { AllowUnknown = true };

    public bool AllowUnknown { get; init; }

    public IReadOnlySet<string> Contexts { get; init; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Functions beyond the ones that are always there.</summary>
    public IReadOnlyDictionary<string, FunctionArity> Functions { get; init; } = new Dictionary<string, FunctionArity>(StringComparer.OrdinalIgnoreCase);
}

internal sealed record FunctionArity(int Minimum, int Maximum);
