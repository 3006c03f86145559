namespace CmlNet.Workflows.Expressions;

/// <summary>GitHub's limits on one expression (reference: runner Sdk/Expressions constants), and ours on what it may build.</summary>
public static class ExpressionLimits
{
    /// <summary>Longest expression, in UTF-16 units.</summary>
    public const int MaxLength = 21000;

    /// <summary>Deepest syntax tree; the root counts as one.</summary>
    public const int MaxDepth = 50;

    /// <summary>Most arguments of a function without a limit of its own.</summary>
    public const int MaxArguments = 255;

    /// <summary>Bytes that the values created while evaluating one expression may take together.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;
}
