using CmlNet.Workflows.Expressions.Syntax;

namespace CmlNet.Workflows.Expressions.Functions;

/// <summary>A function that is there everywhere.</summary>
internal sealed record BuiltInFunction(FunctionArity Arity, Func<FunctionCall, ExpressionValue> Call);
