using CmlNet.Workflows.Model.Schema;
using CmlNet.Workflows.Planning;

namespace CmlNet.Workflows.Model.Conversion;

/// <summary>What can be said of <c>strategy.matrix</c> before any expression is known: everything that is wrong with it, each at its place.</summary>
internal sealed class StrategyCheck(ICollection<WorkflowError> errors)
{
    private const string Include = "include";
    private const string Exclude = "exclude";

    public void Run(MappingToken strategy)
    {
        if (strategy.Get("matrix") is not MappingToken matrix)
            return;
        int before = errors.Count;
        bool definesLegs = CheckVectors(matrix);
        if (!definesLegs)
            Report(matrix, "Matrix must define at least one vector");
        if (strategy.HasExpression())
            return;
        CheckFilters(matrix);
        // What the schema has refused is no matrix.
        if (errors.Count == before && matrix.Items.All(IsWellFormed))
            CountLegs(matrix);
    }

    /// <summary>An empty vector is wrong whatever the others turn out to be.</summary>
    private bool CheckVectors(MappingToken matrix)
    {
        bool definesLegs = false;
        foreach ((TemplateToken key, TemplateToken value) in matrix.Items)
        {
            switch (key.AsText())
            {
                case Include:
                    definesLegs |= value is not SequenceToken { Items.Count: 0 };
                    break;
                case Exclude:
                    break;
                default:
                    definesLegs = true;
                    if (value is SequenceToken { Items.Count: 0 })
                        Report(value, $"Matrix vector '{SchemaValidator.TextOf(key)}' does not contain any values");
                    break;
            }
        }

        return definesLegs;
    }

    private void CheckFilters(MappingToken matrix)
    {
        foreach (MappingToken item in Filters(matrix, Include).Where(item => item.Items.Count == 0))
            Report(item, "Matrix include mapping does not contain any values");
        HashSet<string> vectors = new(matrix.Items.Where(IsVector).Select(pair => SchemaValidator.TextOf(pair.Key)), StringComparer.OrdinalIgnoreCase);
        foreach (MappingToken item in Filters(matrix, Exclude))
        {
            if (item.Items.Count == 0)
                Report(item, "Matrix exclude filter must not be empty");
            foreach (TemplateToken key in item.Items.Select(pair => pair.Key).Where(key => !vectors.Contains(SchemaValidator.TextOf(key))))
                Report(key, $"Matrix exclude key '{SchemaValidator.TextOf(key)}' does not match any key within the matrix");
        }
    }

    private static bool IsVector(KeyValuePair<TemplateToken, TemplateToken> pair) =>
        pair.Key.AsText() is not (Include or Exclude) && pair.Value is not SequenceToken { Items.Count: 0 };

    private static bool IsWellFormed(KeyValuePair<TemplateToken, TemplateToken> pair) =>
        pair.Value is SequenceToken sequence && (IsVector(pair) || sequence.Items.All(item => item is MappingToken));

    private static IEnumerable<MappingToken> Filters(MappingToken matrix, string key) =>
        (matrix.Get(key) as SequenceToken)?.Items.OfType<MappingToken>() ?? [];

    /// <summary>GitHub counts legs only when a run begins.</summary>
    private void CountLegs(MappingToken matrix)
    {
        try
        {
            MatrixBuilder.Build(matrix);
        }
        catch (WorkflowException e)
        {
            errors.Add(e.Error with { Stage = WorkflowErrorStage.Lint });
        }
    }

    private void Report(TemplateToken token, string message) => errors.Add(new WorkflowError(token.Location, message));
}
