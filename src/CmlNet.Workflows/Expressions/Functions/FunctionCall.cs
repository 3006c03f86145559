using CmlNet.Workflows.Expressions.Syntax;

namespace CmlNet.Workflows.Expressions.Functions;

/// <summary>One call: arguments are evaluated when asked for, so that case() leaves the branches it does not take alone.</summary>
internal sealed class FunctionCall(IReadOnlyList<ExpressionNode> arguments, Func<ExpressionNode, ExpressionValue> evaluate, EvaluationMemory memory)
{
    public int Count => arguments.Count;

    public EvaluationMemory Memory { get; } = memory;

    public ExpressionValue Argument(int index) => evaluate(arguments[index]);

    public ExpressionValue Text(string text)
    {
        Memory.AddText(text.Length);
        return ExpressionValue.Of(text);
    }
}
