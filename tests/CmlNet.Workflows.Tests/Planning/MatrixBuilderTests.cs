using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Expressions.Json;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Planning;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Workflows.Tests.Planning;

public sealed class MatrixBuilderTests
{
    private static string[] Legs(string matrix) =>
        [.. MatrixBuilder.Build(JsonConversion.Parse(matrix)).Select(leg => string.Join(' ', leg.Values.Select(pair => $"{pair.Key}={ExpressionText.ToText(pair.Value)}")))];

    [Fact]
    public void Product_LastKey_IsFastest() =>
        Assert.Equal(["a=1 b=x", "a=1 b=y", "a=2 b=x", "a=2 b=y"], Legs("{a: [1, 2], b: ['x', 'y']}"));

    [Fact]
    public void Exclude_PartialMatch_TakesOut() =>
        Assert.Equal(["a=1 b=x", "a=2 b=x"], Legs("{a: [1, 2], b: ['x', 'y'], exclude: [{b: 'Y'}]}"));

    [Fact]
    public void Exclude_NestedValue_ComparesLeaves() =>
        Assert.Equal(["v=Object b=2"], Legs("{v: [{n: 1, m: 2}, {n: 3, m: 2}], b: [1, 2], exclude: [{v: {n: 1}}, {b: 1}]}"));

    [Fact]
    public void Include_GitHubsOwnExample_GivesItsLegs() => Assert.Equal(
        [
            "fruit=apple animal=cat color=pink shape=circle",
            "fruit=apple animal=dog color=green shape=circle",
            "fruit=pear animal=cat color=pink",
            "fruit=pear animal=dog color=green",
            "fruit=banana",
            "fruit=banana animal=cat",
        ],
        Legs("""
            {fruit: ['apple', 'pear'], animal: ['cat', 'dog'], include: [
              {color: 'green'}, {color: 'pink', animal: 'cat'}, {fruit: 'apple', shape: 'circle'}, {fruit: 'banana'}, {fruit: 'banana', animal: 'cat'}]}
            """));

    [Fact]
    public void Include_Alone_IsALegEach() => Assert.Equal(["x=1", "x=2 y=3"], Legs("{include: [{x: 1}, {x: 2, y: 3}]}"));

    [Theory]
    [InlineData("{a: []}", "Matrix vector 'a' does not contain any values")]
    [InlineData("{}", "Matrix must define at least one vector")]
    [InlineData("{exclude: []}", "Matrix must define at least one vector")]
    [InlineData("{a: [1], exclude: [{b: 1}]}", "Matrix exclude key 'b' does not match any key within the matrix")]
    [InlineData("{a: [1], exclude: [{}]}", "Matrix exclude filter must not be empty")]
    [InlineData("{a: 1}", "Matrix vector 'a' must be a sequence, not '1'")]
    [InlineData("'x'", "A mapping was expected for the matrix, not 'x'")]
    public void Matrix_ThatIsWrong_SaysSo(string matrix, string message) =>
        Assert.Equal(message, Assert.Throws<WorkflowException>(() => MatrixBuilder.Build(JsonConversion.Parse(matrix))).Error.Message);

    [Fact]
    public void Matrix_Over256Legs_IsRefused()
    {
        string sixteen = $"[{string.Join(',', Enumerable.Range(0, 16))}]";
        Assert.Equal(256, MatrixBuilder.Build(JsonConversion.Parse($"{{a: {sixteen}, b: {sixteen}}}")).Count);
        var error = Assert.Throws<WorkflowException>(() => MatrixBuilder.Build(JsonConversion.Parse($"{{a: {sixteen}, b: {sixteen}, include: [{{c: 1, a: 99}}]}}")));
        Assert.Equal("The matrix makes more than 256 jobs", error.Error.Message);
        Assert.Throws<WorkflowException>(() => MatrixBuilder.Build(JsonConversion.Parse($"{{a: {sixteen}, b: {sixteen}, c: {sixteen}, d: {sixteen}, e: {sixteen}, f: {sixteen}, exclude: [{{a: 1}}]}}")));
    }

    [Theory]
    [InlineData("{os: ['linux'], v: [3.10, true]}", "train (linux, 3.1)|train (linux, true)")]
    [InlineData("{cfg: [{n: 1, d: {x: 'y'}}], e: [null, '']}", "train (1, y)|train (1, y)")]
    [InlineData("{os: ['a'], include: [{os: 'a', extra: 'hidden'}, {os: 'b', extra: 'shown'}]}", "train (a)|train (b, shown)")]
    public void JobName_OfLeg_ListsItsValues(string matrix, string names) =>
        Assert.Equal(names, string.Join('|', MatrixBuilder.Build(JsonConversion.Parse(matrix)).Select(leg => JobName.Build("train", leg))));

    [Fact]
    public void JobName_OverHundredCharacters_IsCut()
    {
        Assert.Equal(new string('a', 97) + "...", JobName.Build(new string('a', 101), null));
        Assert.Equal(new string('a', 100), JobName.Build(new string('a', 100), null));
    }

    [Fact]
    public void Product_WithoutFilters_HasEveryCombinationOnce() =>
        Prop.ForAll(Gen.Choose(1, 6).ArrayOf(3).ToArbitrary(), sizes =>
        {
            var matrix = new ObjectValue();
            foreach ((int index, int size) in sizes.Index())
                matrix.Add($"k{index}", new ArrayValue([.. Enumerable.Range(0, size).Select(value => ExpressionValue.Of((double)value))]));
            string[] legs = Render(matrix);
            Assert.Equal(sizes.Aggregate(1, (product, size) => product * size), legs.Length);
            Assert.Equal(legs.Length, legs.Distinct().Count());
            Assert.Equal(legs.Order(StringComparer.Ordinal).ToList(), legs.ToList());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Exclude_OfAnything_OnlyTakesMatchingLegs() =>
        Prop.ForAll(Gen.Choose(0, 3).Two().ToArbitrary(), pair =>
        {
            string[] all = Render((ObjectValue)JsonConversion.Parse("{a: [0, 1, 2], b: [0, 1, 2]}"));
            string[] left = Render((ObjectValue)JsonConversion.Parse($"{{a: [0, 1, 2], b: [0, 1, 2], exclude: [{{a: {pair.Item1}, b: {pair.Item2}}}]}}"));
            Assert.Equal(all.Where(leg => leg != $"{pair.Item1}{pair.Item2}"), left);
        }).QuickCheckThrowOnFailure();

    private static string[] Render(ObjectValue matrix) =>
        [.. MatrixBuilder.Build(matrix).Select(leg => string.Concat(leg.Values.Select(pair => ExpressionText.ToText(pair.Value))))];
}
