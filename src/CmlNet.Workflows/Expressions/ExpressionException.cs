namespace CmlNet.Workflows.Expressions;

/// <summary>An expression that cannot be read or evaluated; the message is worded as GitHub's.</summary>
public sealed class ExpressionException(ExpressionErrorKind kind, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public ExpressionErrorKind Kind { get; } = kind;
}
