using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Expressions.Json;
using CmlNet.Workflows.Expressions.Syntax;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Workflows.Tests.Expressions;

public sealed class ExpressionPropertyTests
{
    private static readonly string[] Fragments =
    [
        "github", ".", "ref", "[", "]", "(", ")", "'", "''", "'a'", "1", "-", "0x", "==", "=", "!", "!=", "<", ">=", "&&", "||", "|", ",", "*", " ", "format(", "{0}",
        "fromJSON(", "toJSON(", "'{\"a\":[1,'", "case(", "NaN", "null", "true", "join(", "list", "é", "\n", "\0", "contains(", "\uD800",
    ];

    private static readonly Gen<ExpressionNode> Leaves = Gen.OneOf(
        Gen.Elements("github", "env", "a-b", "_x").Select(ExpressionNode (name) => new ContextNode(name)),
        ArbMap.Default.GeneratorFor<string>().Select(ExpressionNode (text) => new LiteralNode(ExpressionValue.Of(text ?? ""))),
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(ExpressionNode (number) => new LiteralNode(ExpressionValue.Of(number.Get))),
        Gen.Elements<ExpressionNode>(new LiteralNode(ExpressionValue.Null), new LiteralNode(ExpressionValue.True), new LiteralNode(ExpressionValue.Of(double.NegativeInfinity))));

    [Fact]
    public void Evaluating_AnyText_ThrowsOnlyExpressionException() =>
        Prop.ForAll(Gen.Elements(Fragments).ArrayOf().Select(string.Concat).ToArbitrary(), IsOrderly)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Evaluating_RandomCharacters_ThrowsOnlyExpressionException() =>
        Prop.ForAll<string>(text => IsOrderly(text ?? "")).QuickCheckThrowOnFailure();

    [Fact]
    public void ReadingJson_AnyText_ThrowsOnlyExpressionException() =>
        Prop.ForAll(Gen.Elements("{", "}", "[", "]", "\"", "'", ":", ",", "1", "-", ".", "e", "0x", "null", "tru", "//", "/*", "*/", "\\u00", "\\", "a", " ", "\n", "NaN").ArrayOf().Select(string.Concat).ToArbitrary(), text =>
        {
            try
            {
                JsonConversion.Parse(text);
            }
            catch (ExpressionException)
            {
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Printing_AnyTree_ReadsBackTheSame() =>
        Prop.ForAll(Tree(4).ToArbitrary(), tree =>
        {
            string printed = ExpressionPrinter.Print(tree);
            ExpressionNode? parsed = ExpressionParser.Parse(printed, ExpressionVocabulary.Any);
            Assert.NotNull(parsed);
            Assert.Equal(printed, ExpressionPrinter.Print(parsed));
            Assert.Equal(Describe(tree), Describe(parsed));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ToJson_ThenFromJson_GivesTheValueBack() =>
        Prop.ForAll<string[], NormalFloat>((texts, number) =>
        {
            var value = new ObjectValue();
            value.Add("n", ExpressionValue.Of(Math.Round(number.Get, 3)));
            value.Add("list", new ArrayValue([.. texts.Select(ExpressionValue.Of)]));
            string json = JsonConversion.ToJson(value);
            Assert.Equal(json, JsonConversion.ToJson(JsonConversion.Parse(json)));
        }).QuickCheckThrowOnFailure();

    private static bool IsOrderly(string text)
    {
        try
        {
            ExpressionEvaluator.Evaluate(text, ExpressionEvaluatorTests.Scope());
            return true;
        }
        catch (ExpressionException)
        {
            return true;
        }
    }

    private static Gen<ExpressionNode> Tree(int depth)
    {
        if (depth == 0)
            return Leaves;
        Gen<ExpressionNode> inner = Tree(depth - 1);
        Gen<ExpressionNode[]> few = Gen.Choose(2, 3).SelectMany(count => inner.ArrayOf(count));
        Gen<ExpressionNode> indexable = Gen.OneOf(Gen.Elements<ExpressionNode>(new ContextNode("github")), inner.Select(ExpressionNode (node) => new FunctionNode("toJson", [node])));
        return Gen.OneOf(
            Leaves,
            inner.Select(ExpressionNode (node) => new NotNode(node)),
            inner.SelectMany(left => inner.SelectMany(right => Gen.Elements(SymbolKind.Equal, SymbolKind.NotEqual, SymbolKind.Less, SymbolKind.GreaterOrEqual)
                .Select(ExpressionNode (kind) => new ComparisonNode(kind, left, right)))),
            few.SelectMany(nodes => Gen.Elements(SymbolKind.And, SymbolKind.Or).Select(ExpressionNode (kind) => Flat(kind, nodes))),
            few.Select(ExpressionNode (nodes) => new FunctionNode("format", nodes)),
            indexable.SelectMany(target => Gen.OneOf(inner, Gen.Constant<ExpressionNode>(new WildcardNode())).Select(ExpressionNode (index) => new IndexNode(target, index))));
    }

    /// <summary>A chain inside a chain of the same operator is read back as one.</summary>
    private static LogicalNode Flat(SymbolKind kind, ExpressionNode[] nodes) =>
        new(kind, [.. nodes.SelectMany(node => node is LogicalNode logical && logical.Operator == kind ? logical.Operands : [node])]);

    private static string Describe(ExpressionNode node) => node switch
    {
        LiteralNode literal => literal.Value.Kind + ExpressionPrinter.PrintLiteral(literal.Value),
        ContextNode context => context.Name,
        ComparisonNode comparison => $"{comparison.Operator}({string.Join(",", node.Children.Select(Describe))})",
        LogicalNode logical => $"{logical.Operator}({string.Join(",", node.Children.Select(Describe))})",
        FunctionNode function => $"{function.Name}({string.Join(",", node.Children.Select(Describe))})",
        _ => $"{node.GetType().Name}({string.Join(",", node.Children.Select(Describe))})",
    };
}
