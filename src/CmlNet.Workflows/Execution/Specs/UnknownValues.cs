using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Expressions.Syntax;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary>The contexts whose values nobody has before the run: what comes from the outputs of jobs.</summary>
/// <param name="reasons">Whose outputs, by context.</param>
internal sealed class UnknownValues(IReadOnlyDictionary<string, string> reasons)
{
    public static UnknownValues None { get; } = new(new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase));

    /// <summary>Those that a job sees: <c>needs</c>, and a matrix that is made from it.</summary>
    public UnknownValues In(Job job)
    {
        var own = new Dictionary<string, string>(reasons, StringComparer.OrdinalIgnoreCase);
        if (job.Needs.Count > 0)
            own["needs"] = $"it needs the outputs of {string.Join(", ", job.Needs)}";
        if (new UnknownValues(own).ReasonOf(job.Strategy) is { } reason)
            own["matrix"] = own["strategy"] = reason;
        return new UnknownValues(own);
    }

    /// <summary>Those that a called workflow sees, when these are its calling job's.</summary>
    public UnknownValues InCalledBy(Job job)
    {
        var called = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (ReasonOf(job.With) is { } inputs)
            called["inputs"] = inputs;
        // "inherit" hands on what the caller has.
        if ((job.Secrets is StringToken ? reasons.GetValueOrDefault("secrets") : ReasonOf(job.Secrets)) is { } secrets)
            called["secrets"] = secrets;
        return new UnknownValues(called);
    }

    /// <summary>Why the job's legs are not known; null when all that they are made from is.</summary>
    public string? ReasonOf(Job job) => Parts(job).Select(ReasonOf).FirstOrDefault(reason => reason is not null);

    /// <summary>Why a value is not known; null when it is.</summary>
    public string? ReasonOf(TemplateToken? token) => token switch
    {
        ExpressionToken expression => ReasonOf(expression.Expression),
        SequenceToken sequence => sequence.Items.Select(ReasonOf).FirstOrDefault(reason => reason is not null),
        MappingToken mapping => mapping.Items.Select(item => ReasonOf(item.Key) ?? ReasonOf(item.Value)).FirstOrDefault(reason => reason is not null),
        _ => null,
    };

    /// <summary>The job without what is not known. What is wrong with it then is wrong whatever the values will be.</summary>
    public Job Without(Job job) => job with
    {
        Name = Known(job.Name),
        Strategy = Known(job.Strategy),
        RunsOn = Known(job.RunsOn),
        Container = Known(job.Container),
        Services = Known(job.Services),
        TimeoutMinutes = Known(job.TimeoutMinutes),
        CancelTimeoutMinutes = Known(job.CancelTimeoutMinutes),
        ContinueOnError = Known(job.ContinueOnError),
        With = Known(job.With),
        Secrets = Known(job.Secrets),
    };

    private static IEnumerable<TemplateToken?> Parts(Job job) =>
        [job.Name, job.Strategy, job.RunsOn, job.Container, job.Services, job.TimeoutMinutes, job.CancelTimeoutMinutes, job.ContinueOnError, job.With, job.Secrets];

    private TemplateToken? Known(TemplateToken? token) => ReasonOf(token) is null ? token : null;

    private string? ReasonOf(string expression)
    {
        try
        {
            return ExpressionParser.Parse(expression, ExpressionVocabulary.Any) is { } root ? ReasonOf(root) : null;
        }
        catch (ExpressionException)
        {
            // Whoever evaluates it says what is wrong with it.
            return null;
        }
    }

    private string? ReasonOf(ExpressionNode node) => node is ContextNode context
        ? reasons.GetValueOrDefault(context.Name)
        : node.Children.Select(ReasonOf).FirstOrDefault(reason => reason is not null);
}
