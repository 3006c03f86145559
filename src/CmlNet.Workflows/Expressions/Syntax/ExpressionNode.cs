namespace CmlNet.Workflows.Expressions.Syntax;

/// <summary>A node of the syntax tree. <see cref="Depth"/> is 1 for a leaf, else one more than its deepest child.</summary>
internal abstract record ExpressionNode(int Depth)
{
    public virtual IReadOnlyList<ExpressionNode> Children => [];

    protected static int Above(params ReadOnlySpan<ExpressionNode> children)
    {
        int deepest = 0;
        foreach (ExpressionNode child in children)
            deepest = Math.Max(deepest, child.Depth);
        return deepest + 1;
    }
}

internal sealed record LiteralNode(ExpressionValue Value) : ExpressionNode(1);

internal sealed record ContextNode(string Name) : ExpressionNode(1);

/// <summary><c>*</c> as an index.</summary>
internal sealed record WildcardNode() : ExpressionNode(1);

internal sealed record IndexNode(ExpressionNode Target, ExpressionNode Index) : ExpressionNode(Above(Target, Index))
{
    public override IReadOnlyList<ExpressionNode> Children => [Target, Index];
}

internal sealed record NotNode(ExpressionNode Operand) : ExpressionNode(Above(Operand))
{
    public override IReadOnlyList<ExpressionNode> Children => [Operand];
}

internal sealed record ComparisonNode(SymbolKind Operator, ExpressionNode Left, ExpressionNode Right) : ExpressionNode(Above(Left, Right))
{
    public override IReadOnlyList<ExpressionNode> Children => [Left, Right];
}

/// <summary>A chain of one operator, <see cref="SymbolKind.And"/> or <see cref="SymbolKind.Or"/>: two operands or more.</summary>
internal sealed record LogicalNode(SymbolKind Operator, IReadOnlyList<ExpressionNode> Operands) : ExpressionNode(Above([.. Operands]))
{
    public override IReadOnlyList<ExpressionNode> Children => Operands;
}

internal sealed record FunctionNode(string Name, IReadOnlyList<ExpressionNode> Arguments) : ExpressionNode(Above([.. Arguments]))
{
    public override IReadOnlyList<ExpressionNode> Children => Arguments;
}
