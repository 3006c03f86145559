using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Expressions.Json;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Yaml;

namespace CmlNet.Workflows.Tests.Model;

public sealed class TemplateEvaluatorTests
{
    private static readonly TemplateEvaluator Evaluator = new(new ExpressionScope
    {
        Contexts = new Dictionary<string, ExpressionValue>(StringComparer.Ordinal)
        {
            ["env"] = JsonConversion.Parse("{A: 'x', N: 3, T: true, MAP: {K: 1, a: 'over'}, LIST: [1]}"),
        },
    });

    private static readonly SourceLocation Here = new("w.yml", 4, 2);

    private static ExpressionToken Expression(string text) => new(Here, text);

    /// <summary>A step's <c>env</c>, through the whole parser.</summary>
    private static TemplateToken StepEnvironment(string yaml)
    {
        WorkflowParseResult result = WorkflowParser.Parse("w.yml", $"on: push\njobs: {{a: {{runs-on: x, steps: [{{run: a, env: {yaml}}}]}}}}");
        Assert.Empty(result.Errors);
        Step step = result.Workflow!.Jobs[0].Steps[0];
        return (TemplateToken?)step.Environment ?? step.EnvironmentExpression!;
    }

    [Fact]
    public void Mapping_WithInsert_UnfoldsInOrder() => Assert.Equal(
        "A=x|N=3|K=1|a=over|LAST=",
        string.Join('|', Evaluator.EvaluateMapping(StepEnvironment("{A: '${{ env.A }}', N: 3, '${{ insert }}': '${{ env.MAP }}', LAST: }")).Select(pair => $"{pair.Key}={pair.Value}")));

    [Fact]
    public void Mapping_AsOneExpression_Unfolds() => Assert.Equal(
        "K=1|a=over",
        string.Join('|', Evaluator.EvaluateMapping(StepEnvironment("'${{ env.MAP }}'")).Select(pair => $"{pair.Key}={pair.Value}")));

    [Fact]
    public void Token_OfAnyForm_HasItsValue()
    {
        TemplateToken token = YamlReader.Read("w.yml", "{a: [1, true, ~, 'x'], b: {c: 0o17}}", WorkflowParseOptions.Default);
        Assert.Equal("{\"a\":[1,true,null,\"x\"],\"b\":{\"c\":15}}", JsonConversion.ToJson(Evaluator.EvaluateToken(token)).Replace("\n", "").Replace(" ", ""));
        Assert.Empty(Evaluator.EvaluateMapping(null));
        Assert.Equal("", Evaluator.EvaluateString(null));
    }

    [Fact]
    public void Sequence_ExpressionGivingASequence_IsPutInByItsItems()
    {
        TemplateToken token = new ExpressionToken(new SourceLocation("w.yml", 1, 1), "fromJSON('[2, [3]]')");
        var sequence = new SequenceToken(new SourceLocation("w.yml", 1, 1), [new NumberToken(new SourceLocation("w.yml", 1, 1), 1), token]);
        Assert.Equal("[1,2,[3]]", JsonConversion.ToJson(Evaluator.EvaluateToken(sequence)).Replace("\n", "").Replace(" ", ""));
    }

    [Fact]
    public void Typed_ValuesOfTheType_AreGiven()
    {
        Assert.True(Evaluator.EvaluateBoolean(Expression("env.T")));
        Assert.Equal(3, Evaluator.EvaluateNumber(Expression("env.N")));
        Assert.Equal("true", Evaluator.EvaluateString(Expression("env.T")));
        Assert.True(Evaluator.EvaluateCondition("env.A == 'X'", Here));
    }

    [Theory]
    [InlineData("boolean", "env.A", "w.yml:4:2: Unexpected value 'x'")]
    [InlineData("boolean", "'true'", "w.yml:4:2: Unexpected value 'true'")]
    [InlineData("number", "'5'", "w.yml:4:2: Unexpected value '5'")]
    [InlineData("number", "env.none", "w.yml:4:2: Unexpected value ''")]
    [InlineData("string", "env.LIST", "w.yml:4:2: A sequence was not expected")]
    [InlineData("string", "env.MAP", "w.yml:4:2: A mapping was not expected")]
    [InlineData("mapping", "env.A", "w.yml:4:2: A mapping was expected, not 'x'")]
    [InlineData("string", "nope", "w.yml:4:2: Unrecognized named-value: 'nope'. Located at position 1 within expression: nope")]
    [InlineData("string", "fromJSON('x')", "w.yml:4:2: Error parsing fromJson,Unexpected character encountered while parsing value: x. Path '', line 0, position 0.")]
    public void Typed_ValuesOfAnotherType_AreErrorsWithTheirPlace(string type, string expression, string message)
    {
        ExpressionToken token = Expression(expression);
        Action evaluate = type switch
        {
            "boolean" => () => Evaluator.EvaluateBoolean(token),
            "number" => () => Evaluator.EvaluateNumber(token),
            "mapping" => () => Evaluator.EvaluateMapping(token),
            _ => () => Evaluator.EvaluateString(token),
        };
        Assert.Equal(message, Assert.Throws<WorkflowException>(evaluate).Message);
    }
}
