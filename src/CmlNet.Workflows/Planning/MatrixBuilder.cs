using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Planning;

/// <summary>
/// Unfolds <c>strategy.matrix</c>: the product of its vectors in key order (last key fastest) without what <c>exclude</c> matches,
/// with what <c>include</c> adds to matching legs, then one leg for each include that matched none.
/// </summary>
internal static class MatrixBuilder
{
    public const int MaxLegs = 256;

    /// <param name="matrix">The evaluated matrix: an object of arrays, with <c>include</c> and <c>exclude</c> arrays of objects.</param>
    /// <param name="location">Named in errors.</param>
    /// <exception cref="WorkflowException">The matrix is not of that form, is empty, or has more than 256 legs.</exception>
    public static IReadOnlyList<MatrixLeg> Build(ExpressionValue matrix, SourceLocation location = default) =>
        Build(matrix, _ => location);

    /// <summary>A matrix without expressions, as written: errors point at the key.</summary>
    internal static IReadOnlyList<MatrixLeg> Build(MappingToken matrix) =>
        Build(matrix.ToValue(), key => (key is null ? null : matrix.Get(key))?.Location ?? matrix.Location);

    private static List<MatrixLeg> Build(ExpressionValue matrix, Func<string?, SourceLocation> locate)
    {
        if (matrix is not ObjectValue definition)
            throw new WorkflowException(locate(null), $"A mapping was expected for the matrix, not '{ExpressionText.ToText(matrix)}'");
        var vectors = new OrderedDictionary<string, ArrayValue>(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, ExpressionValue value) in definition.Where(pair => pair.Key is not ("include" or "exclude")))
            vectors.Add(key, Vector(key, value, locate));
        List<ObjectValue> includes = Filters(definition, "include", locate);
        List<ObjectValue> excludes = Filters(definition, "exclude", locate);
        if (vectors.Count == 0 && includes.Count == 0)
            throw new WorkflowException(locate(null), "Matrix must define at least one vector");
        foreach (string key in excludes.SelectMany(filter => filter.Select(pair => pair.Key)).Where(key => !vectors.ContainsKey(key)))
            throw new WorkflowException(locate("exclude"), $"Matrix exclude key '{key}' does not match any key within the matrix");
        List<MatrixLeg> legs = new MatrixProduct(vectors, includes, excludes, () => TooMany(locate)).Build();
        return legs.Count <= MaxLegs ? legs : throw TooMany(locate);
    }

    private static WorkflowException TooMany(Func<string?, SourceLocation> locate) =>
        new(locate(null), $"The matrix makes more than {MaxLegs} jobs");

    private static ArrayValue Vector(string key, ExpressionValue value, Func<string?, SourceLocation> locate)
    {
        if (value is not ArrayValue vector)
            throw new WorkflowException(locate(key), $"Matrix vector '{key}' must be a sequence, not '{ExpressionText.ToText(value)}'");
        return vector.Count > 0 ? vector : throw new WorkflowException(locate(key), $"Matrix vector '{key}' does not contain any values");
    }

    private static List<ObjectValue> Filters(ObjectValue definition, string key, Func<string?, SourceLocation> locate)
    {
        if (!definition.TryGetValue(key, out ExpressionValue? value) || value is NullValue)
            return [];
        if (value is not ArrayValue array)
            throw new WorkflowException(locate(key), $"Matrix {key} must be a sequence of mappings");
        var filters = new List<ObjectValue>();
        foreach (ExpressionValue item in array)
        {
            if (item is not ObjectValue filter)
                throw new WorkflowException(locate(key), $"Matrix {key} must be a sequence of mappings");
            if (filter.Count == 0)
                throw new WorkflowException(locate(key), key == "exclude" ? "Matrix exclude filter must not be empty" : "Matrix include mapping does not contain any values");
            filters.Add(filter);
        }

        return filters;
    }
}
