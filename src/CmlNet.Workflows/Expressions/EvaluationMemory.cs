namespace CmlNet.Workflows.Expressions;

/// <summary>What evaluating one expression may still allocate: nested format() calls grow exponentially, so growth is counted before it happens.</summary>
internal sealed class EvaluationMemory(int maxBytes = ExpressionLimits.MaxBytes)
{
    private const int ObjectBytes = 24;

    private long _used;

    public void AddText(int length) => Add(ObjectBytes + (2L * length));

    public void AddItems(int count) => Add((long)ObjectBytes * count);

    private void Add(long bytes)
    {
        _used += bytes;
        if (_used > maxBytes)
            throw new ExpressionException(ExpressionErrorKind.Evaluation, "The maximum allowed memory size was exceeded");
    }
}
