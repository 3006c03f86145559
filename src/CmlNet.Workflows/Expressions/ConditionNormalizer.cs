using CmlNet.Workflows.Expressions.Syntax;

namespace CmlNet.Workflows.Expressions;

/// <summary>Makes an <c>if:</c> explicit about status, as GitHub does before it stores it.</summary>
public static class ConditionNormalizer
{
    public const string Default = "success()";

    private static readonly HashSet<string> StatusFunctions = new(StringComparer.OrdinalIgnoreCase) { "success", "failure", "cancelled", "always" };

    /// <summary>
    /// Blank becomes <c>success()</c>; an expression without success(), failure(), cancelled() or always() anywhere becomes
    /// <c>success() &amp;&amp; (…)</c>. <paramref name="condition"/> comes without <c>${{ }}</c>. Throws <see cref="ExpressionException"/> when it can't be read.
    /// </summary>
    public static string Normalize(string? condition)
    {
        string text = condition?.Trim() ?? "";
        if (ExpressionParser.Parse(text, ExpressionVocabulary.Any) is not { } tree)
            return Default;
        return CallsStatus(tree) ? text : $"{Default} && ({text})";
    }

    private static bool CallsStatus(ExpressionNode node) =>
        (node is FunctionNode function && StatusFunctions.Contains(function.Name)) || node.Children.Any(CallsStatus);
}
