using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Planning;

/// <summary>An evaluated <c>strategy</c>. Without a matrix there is one leg, with no values.</summary>
public sealed record StrategySpec
{
    private static readonly MatrixLeg Single = new(new ObjectValue(), []);

    public static StrategySpec Default { get; } = new();

    /// <summary>The first failing leg cancels the others.</summary>
    public bool FailFast { get; init; } = true;

    /// <summary>Legs at a time; null is no limit.</summary>
    public int? MaxParallel { get; init; }

    public IReadOnlyList<MatrixLeg> Legs { get; init; } = [Single];

    /// <summary>There is a matrix: legs are named after their values.</summary>
    public bool HasMatrix { get; init; }

    /// <param name="strategy">The value of <c>strategy</c>, evaluated; null value when the job has none.</param>
    /// <param name="location">Named in errors.</param>
    public static StrategySpec Build(ExpressionValue strategy, SourceLocation location = default)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        if (strategy is NullValue)
            return Default;
        if (strategy is not ObjectValue value)
            throw new WorkflowException(location, $"A mapping was expected for the strategy, not '{ExpressionText.ToText(strategy)}'");
        double maxParallel = Coercion.ToNumber(value["max-parallel"]);
        bool hasMatrix = value["matrix"] is not NullValue;
        return new StrategySpec
        {
            FailFast = value["fail-fast"] is NullValue || Coercion.IsTruthy(value["fail-fast"]),
            MaxParallel = maxParallel >= 1 ? (int)Math.Min(maxParallel, int.MaxValue) : null,
            HasMatrix = hasMatrix,
            Legs = hasMatrix ? MatrixBuilder.Build(value["matrix"], location) : [Single],
        };
    }

    /// <summary>The <c>strategy</c> context of one leg.</summary>
    public ObjectValue Context(int legIndex)
    {
        var context = new ObjectValue();
        context.Add("fail-fast", ExpressionValue.Of(FailFast));
        context.Add("job-index", ExpressionValue.Of((double)legIndex));
        context.Add("job-total", ExpressionValue.Of((double)Legs.Count));
        context.Add("max-parallel", ExpressionValue.Of((double)(MaxParallel ?? Legs.Count)));
        return context;
    }
}
