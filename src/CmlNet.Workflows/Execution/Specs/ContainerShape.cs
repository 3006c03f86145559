using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary>A <c>container:</c> or a service as one object, whichever way it is written: an image alone, a mapping, an expression.</summary>
internal static class ContainerShape
{
    /// <param name="token">As written.</param>
    /// <param name="scope">Of everything but <c>env</c> and <c>credentials</c>.</param>
    /// <param name="environmentScope">Of those two: secrets are allowed there alone.</param>
    public static ObjectValue Of(TemplateToken token, ExpressionScope scope, ExpressionScope environmentScope)
    {
        if (token is not MappingToken map)
            return Of(new TemplateEvaluator(scope).EvaluateToken(token));
        var shape = new ObjectValue();
        foreach ((TemplateToken key, TemplateToken value) in map.Items)
        {
            if (key.AsText()?.ToLowerInvariant() is { } name)
                shape[name] = name is "env" or "credentials" ? Pairs(value, environmentScope) : new TemplateEvaluator(scope).EvaluateToken(value);
        }
        return shape;
    }

    /// <summary>From an evaluated value: anything that is no object is the image.</summary>
    public static ObjectValue Of(ExpressionValue value) => value as ObjectValue ?? new ObjectValue { { "image", ExpressionText.ToText(value) } };

    /// <summary>Names of variables differ by case.</summary>
    private static ObjectValue Pairs(TemplateToken token, ExpressionScope scope)
    {
        var pairs = new ObjectValue(caseSensitive: true);
        foreach ((string name, string value) in new TemplateEvaluator(scope).EvaluateMapping(token))
            pairs[name] = ExpressionValue.Of(value);
        return pairs;
    }
}
