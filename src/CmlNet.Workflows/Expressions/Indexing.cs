namespace CmlNet.Workflows.Expressions;

/// <summary>What <c>a.b</c>, <c>a[0]</c> and <c>a.*</c> give; whatever is not there is null.</summary>
internal static class Indexing
{
    /// <param name="index">Null for <c>*</c>.</param>
    public static ExpressionValue Get(ExpressionValue target, ExpressionValue? index, EvaluationMemory memory)
    {
        if (target is ArrayValue { IsFiltered: true } filtered)
            return Filter(filtered.SelectMany(item => index is null ? All(item) : One(item, index)), memory);
        if (index is null)
            return Filter(All(target), memory);
        return One(target, index).FirstOrDefault(ExpressionValue.Null);
    }

    private static ArrayValue Filter(IEnumerable<ExpressionValue> items, EvaluationMemory memory)
    {
        var kept = new List<ExpressionValue>();
        foreach (ExpressionValue item in items)
        {
            memory.AddItems(1);
            kept.Add(item);
        }

        return new ArrayValue(kept) { IsFiltered = true };
    }

    private static IEnumerable<ExpressionValue> All(ExpressionValue target) => target switch
    {
        ArrayValue array => array,
        ObjectValue o => o.Select(pair => pair.Value),
        _ => [],
    };

    private static IEnumerable<ExpressionValue> One(ExpressionValue target, ExpressionValue index)
    {
        if (target is ObjectValue o)
            return Coercion.IsPrimitive(index) && o.TryGetValue(ExpressionText.ToText(index), out ExpressionValue? value) ? [value] : [];
        if (target is ArrayValue array)
        {
            double position = Math.Floor(Coercion.ToNumber(index));
            if (position >= 0 && position < array.Count)
                return [array[(int)position]];
        }

        return [];
    }
}
