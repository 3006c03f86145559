namespace CmlNet.Workflows.Expressions;

/// <summary>What an expression can see where it stands: named contexts and the functions that depend on the place.</summary>
public sealed record ExpressionScope
{
    public static ExpressionScope Empty { get; } = new();

    /// <summary>Contexts by name (<c>github</c>, <c>env</c>, <c>steps</c>, …), looked up ignoring case.</summary>
    public IReadOnlyDictionary<string, ExpressionValue> Contexts { get; init; } = new Dictionary<string, ExpressionValue>(StringComparer.OrdinalIgnoreCase);

    /// <summary>success(), failure(), cancelled(), always(); null where they may not be used.</summary>
    public IStatusFunctions? Status { get; init; }

    /// <summary>hashFiles(patterns…); null where it may not be used.</summary>
    public Func<IReadOnlyList<string>, string>? HashFiles { get; init; }
}
