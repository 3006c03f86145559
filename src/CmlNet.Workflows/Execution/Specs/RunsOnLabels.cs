using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary><c>runs-on</c> in all its forms: a label, a list, or a map with <c>group</c> and <c>labels</c>.</summary>
internal static class RunsOnLabels
{
    public static IReadOnlyList<string> Read(ExpressionValue value) => value switch
    {
        StringValue text => [text.Value],
        ArrayValue items => [.. items.Select(ExpressionText.ToText)],
        ObjectValue map => map.TryGetValue("labels", out ExpressionValue? labels) ? Read(labels) : map.TryGetValue("group", out ExpressionValue? group) ? Read(group) : [],
        _ => [],
    };
}
