using CmlNet.Workflows.Expressions.Functions;
using CmlNet.Workflows.Expressions.Syntax;

namespace CmlNet.Workflows.Expressions;

/// <summary>Evaluates GitHub expressions. Whatever the text, the only exception is <see cref="ExpressionException"/>.</summary>
public sealed class ExpressionEvaluator
{
    private readonly ExpressionScope _scope;
    private readonly EvaluationMemory _memory = new();

    private ExpressionEvaluator(ExpressionScope scope) => _scope = scope;

    /// <summary>The value of an expression written without <c>${{ }}</c>; a blank one is null. Names that the scope lacks are a parsing error.</summary>
    public static ExpressionValue Evaluate(string expression, ExpressionScope scope)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(scope);
        ExpressionNode? tree = ExpressionParser.Parse(expression, VocabularyOf(scope));
        return tree is null ? ExpressionValue.Null : new ExpressionEvaluator(scope).Visit(tree);
    }

    /// <summary>Everything but null, false, 0, NaN and the empty string.</summary>
    public static bool IsTruthy(ExpressionValue value) => Coercion.IsTruthy(value);

    private static ExpressionVocabulary VocabularyOf(ExpressionScope scope)
    {
        var functions = new Dictionary<string, FunctionArity>(StringComparer.OrdinalIgnoreCase);
        if (scope.Status is not null)
        {
            functions["always"] = new FunctionArity(0, 0);
            functions["cancelled"] = new FunctionArity(0, 0);
            functions["success"] = new FunctionArity(0, int.MaxValue);
            functions["failure"] = new FunctionArity(0, int.MaxValue);
        }

        if (scope.HashFiles is not null)
            functions["hashFiles"] = new FunctionArity(1, ExpressionLimits.MaxArguments);
        return new ExpressionVocabulary { Contexts = new HashSet<string>(scope.Contexts.Keys, StringComparer.OrdinalIgnoreCase), Functions = functions };
    }

    private ExpressionValue Visit(ExpressionNode node) => node switch
    {
        LiteralNode literal => literal.Value,
        ContextNode context => Context(context.Name),
        NotNode not => ExpressionValue.Of(!Coercion.IsTruthy(Visit(not.Operand))),
        ComparisonNode comparison => ExpressionValue.Of(Compare(comparison.Operator, Visit(comparison.Left), Visit(comparison.Right))),
        LogicalNode logical => Logical(logical),
        IndexNode index => Indexing.Get(Visit(index.Target), index.Index is WildcardNode ? null : Visit(index.Index), _memory),
        FunctionNode function => Call(function),
        _ => ExpressionValue.Null,
    };

    private ExpressionValue Context(string name)
    {
        if (_scope.Contexts.TryGetValue(name, out ExpressionValue? value))
            return value;
        // The scope's dictionary need not ignore case itself.
        return _scope.Contexts.First(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
    }

    private ExpressionValue Logical(LogicalNode node)
    {
        bool stopAt = node.Operator == SymbolKind.Or;
        ExpressionValue result = ExpressionValue.Null;
        foreach (ExpressionNode operand in node.Operands)
        {
            result = Visit(operand);
            if (Coercion.IsTruthy(result) == stopAt)
                break;
        }

        return result;
    }

    private static bool Compare(SymbolKind kind, ExpressionValue left, ExpressionValue right) => kind switch
    {
        SymbolKind.Equal => Coercion.AreEqual(left, right),
        SymbolKind.NotEqual => !Coercion.AreEqual(left, right),
        SymbolKind.Less => Coercion.IsLess(left, right),
        SymbolKind.LessOrEqual => Coercion.AreEqual(left, right) || Coercion.IsLess(left, right),
        SymbolKind.Greater => Coercion.IsLess(right, left),
        _ => Coercion.AreEqual(left, right) || Coercion.IsLess(right, left),
    };

    private ExpressionValue Call(FunctionNode node)
    {
        if (BuiltInFunctions.TryGet(node.Name, out BuiltInFunction? function))
            return function.Call(new FunctionCall(node.Arguments, Visit, _memory));
        List<string> arguments = [.. node.Arguments.Select(argument => ExpressionText.ToText(Visit(argument)))];
        if (node.Name.Equals("hashFiles", StringComparison.OrdinalIgnoreCase) && _scope.HashFiles is { } hashFiles)
            return ExpressionValue.Of(hashFiles(arguments));
        if (_scope.Status is { } status)
        {
            if (node.Name.Equals("success", StringComparison.OrdinalIgnoreCase))
                return ExpressionValue.Of(status.Success(arguments));
            if (node.Name.Equals("failure", StringComparison.OrdinalIgnoreCase))
                return ExpressionValue.Of(status.Failure(arguments));
            if (node.Name.Equals("cancelled", StringComparison.OrdinalIgnoreCase))
                return ExpressionValue.Of(status.Cancelled());
            if (node.Name.Equals("always", StringComparison.OrdinalIgnoreCase))
                return ExpressionValue.True;
        }

        throw new ExpressionException(ExpressionErrorKind.Parsing, $"Unrecognized function: '{node.Name}'");
    }
}
