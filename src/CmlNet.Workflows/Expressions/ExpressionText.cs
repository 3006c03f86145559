namespace CmlNet.Workflows.Expressions;

/// <summary>Coercion to string.</summary>
public static class ExpressionText
{
    /// <summary>Null is empty, numbers are G15, booleans lower case, an array is <c>Array</c> and an object <c>Object</c>.</summary>
    public static string ToText(ExpressionValue value) => value switch
    {
        StringValue s => s.Value,
        NumberValue n => NumberText.Format(n.Value),
        BooleanValue b => b.Value ? "true" : "false",
        ArrayValue => "Array",
        ObjectValue => "Object",
        _ => "",
    };
}
