using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Tests.Model;

public sealed class SchemaHintTests
{
    [Theory]
    [InlineData("on: push\njobs: {a: {runs-on: x, steps: 7}}", "w.yml:2:31: Unexpected value '7' (expected a sequence)")]
    [InlineData("on: push\njobs: {a: {runs-on: x, step: []}}", "w.yml:2:24: Unexpected value 'step' (did you mean steps?)")]
    [InlineData("on: push\njobs: {a: {runs-on: x, steps: [{run: a, nope: 1}]}}", "w.yml:2:41: Unexpected value 'nope' (expected one of the keys name, id, if, timeout-minutes, run, continue-on-error, env, working-directory, shell)")]
    [InlineData("on: push\npermissions: {contents: all}\njobs: {a: {runs-on: x, steps: [{run: a}]}}", "w.yml:2:25: Unexpected value 'all' (expected read or write or none)")]
    [InlineData("on: push\njobs: {a: {runs-on: x, continue-on-error: maybe, steps: [{run: a}]}}", "w.yml:2:43: Unexpected value 'maybe' (expected true or false)")]
    [InlineData("on: push\njobs: {a: {runs-on: x, timeout-minutes: [1], steps: [{run: a}]}}", "w.yml:2:41: A sequence was not expected (expected a number)")]
    [InlineData("[]", "w.yml:1:1: A sequence was not expected (expected a mapping with keys such as on, name, description)")]
    public void Value_OfTheWrongKind_SaysWhatWasExpected(string text, string expected) =>
        Assert.Equal(expected, string.Join('\n', WorkflowParser.Parse("w.yml", text).Errors));

    [Fact]
    public void Message_OfAWholeFile_IsCut()
    {
        string line = Assert.Single(WorkflowParser.Parse("w.yml", new string('x', 5000)).Errors).ToString();
        Assert.InRange(line.Length, 400, 600);
        Assert.EndsWith("… (expected a mapping with keys such as on, name, description)", line, StringComparison.Ordinal);
    }
}
