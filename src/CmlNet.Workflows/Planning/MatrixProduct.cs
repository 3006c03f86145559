using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Planning;

/// <summary>The combining half of <see cref="MatrixBuilder"/>: everything has been checked.</summary>
internal sealed class MatrixProduct(OrderedDictionary<string, ArrayValue> vectors, IReadOnlyList<ObjectValue> includes, IReadOnlyList<ObjectValue> excludes, Func<Exception> tooMany)
{
    /// <summary>Combinations looked at before giving up: excludes may thin them out, but not a product without end.</summary>
    private const long MaxCombinations = 1_000_000;

    private readonly bool[] _matched = new bool[includes.Count];

    public List<MatrixLeg> Build()
    {
        var legs = new List<MatrixLeg>();
        foreach (ObjectValue combination in Combinations())
        {
            if (excludes.Any(filter => Matches(filter, combination)))
                continue;
            IReadOnlyList<string> name = NameParts(combination);
            AddIncludes(combination);
            legs.Add(new MatrixLeg(combination, name));
            if (legs.Count > MatrixBuilder.MaxLegs)
                throw tooMany();
        }

        for (int i = 0; i < includes.Count; i++)
        {
            if (!_matched[i])
                legs.Add(NewLeg(includes[i]));
        }

        return legs;
    }

    private IEnumerable<ObjectValue> Combinations()
    {
        if (vectors.Count == 0)
            yield break;
        long count = vectors.Values.Aggregate(1L, (product, vector) => Math.Min(MaxCombinations + 1, product * vector.Count));
        if (count > MaxCombinations)
            throw tooMany();
        for (long index = 0; index < count; index++)
        {
            var combination = new ObjectValue();
            long block = count;
            foreach ((string key, ArrayValue vector) in vectors)
            {
                block /= vector.Count;
                combination.Add(key, vector[(int)(index / block % vector.Count)]);
            }

            yield return combination;
        }
    }

    /// <summary>An include fits where its original keys all match; its other keys may replace those of earlier includes.</summary>
    private void AddIncludes(ObjectValue combination)
    {
        var extra = new List<KeyValuePair<string, ExpressionValue>>();
        for (int i = 0; i < includes.Count; i++)
        {
            var filter = new ObjectValue();
            foreach ((string key, ExpressionValue value) in includes[i].Where(pair => vectors.ContainsKey(pair.Key)))
                filter.Add(key, value);
            if (!Matches(filter, combination))
                continue;
            _matched[i] = true;
            extra.AddRange(includes[i].Where(pair => !vectors.ContainsKey(pair.Key)));
        }

        foreach ((string key, ExpressionValue value) in extra)
            combination[key] = value;
    }

    private MatrixLeg NewLeg(ObjectValue include)
    {
        var values = new ObjectValue();
        foreach ((string key, ExpressionValue value) in include.OrderBy(pair => vectors.ContainsKey(pair.Key) ? 0 : 1))
            values.Add(key, value);
        return new MatrixLeg(values, NameParts(values));
    }

    /// <summary>Every leaf of the filter equals what the value has in its place, compared as the expression <c>==</c> does.</summary>
    private static bool Matches(ExpressionValue filter, ExpressionValue value) => filter switch
    {
        ObjectValue o => o.All(pair => Matches(pair.Value, value is ObjectValue target ? target[pair.Key] : ExpressionValue.Null)),
        ArrayValue array => array.Index().All(item => Matches(item.Item, value is ArrayValue target && item.Index < target.Count ? target[item.Index] : ExpressionValue.Null)),
        _ => Coercion.AreEqual(value, filter),
    };

    private static List<string> NameParts(ExpressionValue value) => value switch
    {
        ArrayValue array => [.. array.SelectMany(NameParts)],
        ObjectValue o => [.. o.SelectMany(pair => NameParts(pair.Value))],
        _ => ExpressionText.ToText(value) is { Length: > 0 } text ? [text] : [],
    };
}
