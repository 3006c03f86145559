using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Tests.Model;

/// <summary>Files as YAML: what is no YAML, limits, anchors, and the types of scalars.</summary>
public sealed class WorkflowYamlTests
{
    private static string Errors(string text, WorkflowParseOptions? options = null) =>
        ErrorText.Of(WorkflowParser.Parse("w.yml", text.ReplaceLineEndings("\n"), options).Errors);

    private static Workflow Parse(string text)
    {
        WorkflowParseResult result = WorkflowParser.Parse("w.yml", text.ReplaceLineEndings("\n"));
        Assert.Empty(result.Errors);
        return Assert.IsType<Workflow>(result.Workflow);
    }

    [Theory]
    [InlineData("on: push\njobs:\n  a: [1\n  b: 2\n")]
    [InlineData("on: push\n\tjobs: x")]
    [InlineData("a: 'x")]
    [InlineData("a: b: c")]
    public void Yaml_ThatIsMalformed_IsOneErrorWithItsPlace(string text)
    {
        WorkflowError error = Assert.Single(WorkflowParser.Parse("w.yml", text).Errors);
        Assert.Equal(WorkflowErrorStage.Yaml, error.Stage);
        Assert.Matches(@"^w\.yml:\d+:\d+: .+", error.ToString());
    }

    [Theory]
    [InlineData("", "w.yml: Expected a scalar value, a sequence, or a mapping (there is nothing in the file)")]
    [InlineData("a: 1\n---\nb: 2", "w.yml:2:1: Expected stream end parse event")]
    public void Yaml_ThatIsRefused_SaysWhy(string text, string expected) => Assert.Equal(expected, Errors(text));

    [Theory]
    [InlineData("|\n\n      ls", "\nls\n")]
    [InlineData("|\n      \n      ls", "\nls\n")]
    [InlineData("|\n   \n      ls", "\nls\n")]
    [InlineData("|- # two\n        \n      \n        ls\n          x", "\n\nls\n  x")]
    [InlineData("|\n      ls\n          \n      x", "ls\n    \nx\n")]
    [InlineData(">\n      \n      ls\n      -l", "\nls -l\n")]
    public void Block_ThatBeginsWithBlankLines_KeepsThem(string block, string text)
    {
        Workflow workflow = Parse($"on: push\nenv:\n  A:\n    {block}\njobs: {{a: {{runs-on: x}}}}\n");
        Assert.Equal(text, Assert.IsType<StringToken>(Assert.IsType<MappingToken>(workflow.Environment).Items[0].Value).Value);
    }

    [Fact]
    public void Aliases_ThatMultiply_AreRefused()
    {
        var text = new System.Text.StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        Assert.Equal("w.yml: Maximum YAML nodes exceeded", Errors(text.ToString()));
    }

    [Theory]
    [InlineData("*nope", "w.yml:2:7: Unknown anchor 'nope'")]
    [InlineData("&x [*x]", "w.yml:2:7: A sequence was not expected\nw.yml:2:11: Unknown anchor 'x'")]
    [InlineData("!!int \"3\"", "w.yml:2:7: The scalar style 'DoubleQuoted' on line 2 and column 7 is not valid with the tag 'tag:yaml.org,2002:int'")]
    [InlineData("0xfffffffff", "w.yml:2:7: The value '0xfffffffff' on line 2 and column 7 is invalid for the type 'tag:yaml.org,2002:int'")]
    [InlineData("!!int 1.5", "w.yml:2:7: The value '1.5' on line 2 and column 7 is invalid for the type 'tag:yaml.org,2002:int'")]
    [InlineData("!!int .inf", "w.yml:2:7: The value '.inf' on line 2 and column 7 is invalid for the type 'tag:yaml.org,2002:int'")]
    [InlineData("!!float 0x1F", "w.yml:2:7: The value '0x1F' on line 2 and column 7 is invalid for the type 'tag:yaml.org,2002:float'")]
    [InlineData("!!bool 1", "w.yml:2:7: The value '1' on line 2 and column 7 is invalid for the type 'tag:yaml.org,2002:bool'")]
    [InlineData("!!binary aGk=", "w.yml:2:7: Unexpected tag 'tag:yaml.org,2002:binary'")]
    [InlineData("{[b]: 1}", "w.yml:2:7: A mapping was not expected\nw.yml:2:8: Expected mapping end (a key must be a plain value)")]
    [InlineData("{!!int x: *y}", "w.yml:2:7: A mapping was not expected\nw.yml:2:8: The value 'x' on line 2 and column 8 is invalid for the type 'tag:yaml.org,2002:int'\nw.yml:2:17: Unknown anchor 'y'")]
    public void Value_ThatCannotBeRead_HidesNothingElse(string value, string expected) =>
        Assert.Equal($"{expected}\nw.yml:3:24: Unexpected value 'b'", Errors($"on: push\nname: {value}\njobs: {{a: {{runs-on: x, b: 1}}}}"));

    [Fact]
    public void Aliases_OfALongText_CountItEachTime()
    {
        string text = $"a: &a {new string('x', 500_000)}\nb: [{string.Join(", ", Enumerable.Repeat("*a", 9))}]\n";
        Assert.DoesNotContain("exceeded", Errors(text), StringComparison.Ordinal);
        Assert.Equal("w.yml: Maximum object size exceeded", Errors(text.Replace("*a]", "*a, *a]", StringComparison.Ordinal)));
    }

    [Fact]
    public void Limits_OfSizeAndDepth_AreKept()
    {
        Assert.Equal("w.yml: The maximum file size of 10 characters has been exceeded", Errors("on: push # long", new WorkflowParseOptions { MaxFileSize = 10 }));
        Assert.Equal("w.yml: Maximum object depth exceeded", Errors(new string('[', 51) + new string(']', 51)));
        // 36 for the file's name, 24 a mapping, 50 and two a character for a string, 24 any other scalar.
        Assert.DoesNotContain("exceeded", Errors("on: push\nx: 1", new WorkflowParseOptions { MaxSize = 36 + 24 + 54 + 58 + 52 + 24 }), StringComparison.Ordinal);
        Assert.Equal("w.yml: Maximum object size exceeded", Errors("on: push\nx: 1", new WorkflowParseOptions { MaxSize = 36 + 24 + 54 + 58 + 52 + 23 }));
        Assert.Equal("w.yml: Maximum YAML nodes exceeded", Errors("on: push\nx: 1", new WorkflowParseOptions { MaxNodes = 9 }));
        Assert.Equal("w.yml: Maximum object depth exceeded", Errors("a: {b: {c: 1}}", new WorkflowParseOptions { MaxDepth = 2 }));
        Assert.Equal("w.yml: Maximum object depth exceeded", Errors("a: &a [[1]]\nb: [*a]", new WorkflowParseOptions { MaxDepth = 3 }));
    }

    [Fact]
    public void Anchors_WithAliases_AreReplaced()
    {
        Workflow workflow = Parse("on: push\nenv: &e {A: 1}\njobs:\n  a:\n    runs-on: x\n    env: *e\n    steps:\n      - &s {run: ls}\n      - *s\n");
        Assert.Equal("1", Assert.IsType<StringToken>(Assert.Single(Assert.IsType<MappingToken>(workflow.Jobs[0].Environment).Items).Value).Value);
        Assert.Equal(["__run", "__run_2"], workflow.Jobs[0].Steps.Select(step => step.Id));
    }

    [Theory]
    [InlineData("yes", "yes")]
    [InlineData("on", "on")]
    [InlineData("True", "true")]
    [InlineData("0o10", "8")]
    [InlineData("0755", "755")]
    [InlineData("0xff", "255")]
    [InlineData("12_345", "12_345")]
    [InlineData("1.50", "1.5")]
    [InlineData("1e3", "1000")]
    [InlineData("~", "")]
    [InlineData("", "")]
    [InlineData(".inf", "Infinity")]
    [InlineData("\"0x10\"", "0x10")]
    [InlineData("!!str 12", "12")]
    [InlineData("1.", "1")]
    [InlineData("+1", "1")]
    [InlineData("2024-01-02", "2024-01-02")]
    public void Scalar_WhereAStringIsWanted_IsReadByYaml12(string yaml, string text)
    {
        Workflow workflow = Parse($"on: push\nenv:\n  A: {yaml}\njobs: {{a: {{runs-on: x}}}}\n");
        Assert.Equal(text, Assert.IsType<StringToken>(Assert.IsType<MappingToken>(workflow.Environment).Items[0].Value).Value);
    }
}
