namespace CmlNet.Workflows.Expressions;

/// <summary>Truth, numbers and comparison, after JavaScript's loose rules except that strings compare ignoring case and objects never become primitives.</summary>
internal static class Coercion
{
    public static bool IsTruthy(ExpressionValue value) => value switch
    {
        NullValue => false,
        BooleanValue b => b.Value,
        NumberValue n => n.Value != 0 && !double.IsNaN(n.Value),
        StringValue s => s.Value.Length > 0,
        _ => true,
    };

    public static bool IsPrimitive(ExpressionValue value) => value.Kind is not (ValueKind.Array or ValueKind.Object);

    public static double ToNumber(ExpressionValue value) => value switch
    {
        NullValue => 0,
        BooleanValue b => b.Value ? 1 : 0,
        NumberValue n => n.Value,
        StringValue s => NumberText.Parse(s.Value),
        _ => double.NaN,
    };

    public static bool AreEqual(ExpressionValue left, ExpressionValue right)
    {
        if (left.Kind == right.Kind)
        {
            return (left, right) switch
            {
                (NullValue, _) => true,
                (BooleanValue a, BooleanValue b) => a.Value == b.Value,
                (StringValue a, StringValue b) => string.Equals(a.Value, b.Value, StringComparison.OrdinalIgnoreCase),
                (NumberValue a, NumberValue b) => a.Value == b.Value,
                _ => ReferenceEquals(left, right),
            };
        }

        return IsPrimitive(left) && IsPrimitive(right) && ToNumber(left) == ToNumber(right);
    }

    public static bool IsLess(ExpressionValue left, ExpressionValue right)
    {
        if (left is StringValue a && right is StringValue b)
            return string.Compare(a.Value, b.Value, StringComparison.OrdinalIgnoreCase) < 0;
        if (left is NullValue && right is NullValue)
            return false;
        return IsPrimitive(left) && IsPrimitive(right) && ToNumber(left) < ToNumber(right);
    }
}
