using CmlNet.Workflows.Execution.Commands;
using CmlNet.Workflows.Execution.Masking;
using CmlNet.Workflows.Execution.Matchers;

namespace CmlNet.Workflows.Tests.Execution.Matchers;

public sealed class MatcherSetTests
{
    private const string Single = """
        { "problemMatcher": [{ "owner": "flake8", "pattern": [
          { "regexp": "^(.+):(\\d+):(\\d+): ([A-Z]\\d+) (.+)$", "file": 1, "line": 2, "column": 3, "code": 4, "message": 5 }] }] }
        """;

    private const string Loop = """
        { "problemMatcher": [{ "owner": "eslint", "severity": "warning", "pattern": [
          { "regexp": "^([^\\s].*)$", "file": 1 },
          { "regexp": "^\\s+(\\d+):(\\d+)\\s+(error|warning|notice)?\\s*(.+)$", "line": 1, "column": 2, "severity": 3, "message": 4, "loop": true }] }] }
        """;

    private readonly List<string> _warnings = [];
    private readonly SecretMasker _masker = new();

    [Fact]
    public void Match_SinglePattern_GivesAnAnnotation()
    {
        MatcherSet set = Build(Single);
        _masker.Add("hunter2");

        MatcherFinding? finding = set.Match("\u001b[31m/__w/r/r/src/../src/a.py:3:7: E501 hunter2 too long\u001b[0m");

        Assert.Equal(new Annotation { Level = AnnotationLevel.Error, Message = "*** too long", File = "src/a.py", Line = 3, Column = 7, Title = "E501" }, finding?.Annotation);
        Assert.Equal("##[error]/__w/r/r/src/../src/a.py:3:7: E501 *** too long", finding?.LogLine);
        Assert.Null(set.Match("all good"));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("missing.py")]
    [InlineData("/__w/r/r")]
    public void Match_FileOutsideTheWorkspaceOrMissing_IsLeftOut(string file)
    {
        MatcherFinding? finding = Build(Single).Match($"{file}:3:7: E501 x");

        Assert.NotNull(finding);
        Assert.Null(finding.Annotation.File);
    }

    [Fact]
    public void Match_LoopPattern_KeepsTheFileUntilALineFails()
    {
        MatcherSet set = Build(Loop);
        string[] lines = ["src/a.py", "  1:2  error  one", "  3:4  two", "", "  5:6  error  orphan", "src/b.py", "  7:8  notice three"];

        string[] found = [.. lines.Select(set.Match).OfType<MatcherFinding>().Select(f => $"{f.Annotation.File}:{f.Annotation.Line}:{f.Annotation.Column} {f.Annotation.Level} {f.Annotation.Message}")];

        Assert.Equal(["src/a.py:1:2 Error one", "src/a.py:3:4 Warning two", "src/b.py:7:8 Notice three"], found);
    }

    [Fact]
    public void Match_FromPath_RootsTheFile()
    {
        MatcherSet set = Build("""{ "problemMatcher": [{ "owner": "o", "pattern": [{ "regexp": "^(.+) in (.+): (.+)$", "file": 1, "fromPath": 2, "message": 3 }] }] }""");

        Assert.Equal("src/a.py", set.Match("a.py in src/project.toml: bad")?.Annotation.File);
    }

    [Fact]
    public void Add_SameOwner_ReplacesAndRemoveRemoves()
    {
        MatcherSet set = Build(Single);
        set.Add(ProblemMatcherReader.Read("""{ "problemMatcher": [{ "owner": "FLAKE8", "pattern": [{ "regexp": "^other (.+)$", "message": 1 }] }] }"""));
        Assert.Null(set.Match("src/a.py:3:7: E501 x"));
        Assert.NotNull(set.Match("other x"));

        set.Remove("Flake8");
        Assert.Null(set.Match("other x"));
    }

    [Fact]
    public void Match_ExpressionThatTakesForever_IsRemovedWithAWarning()
    {
        MatcherSet set = Build("""{ "problemMatcher": [{ "owner": "slow", "pattern": [{ "regexp": "^(a+)+$", "message": 1 }] }] }""");

        Assert.Null(set.Match(new string('a', 5000) + "!"));
        Assert.Equal(["Removing issue matcher 'slow': its regular expression takes too long on a line of the output."], _warnings);
        Assert.Null(set.Match("aaa"));
    }

    [Theory]
    [InlineData("""{ "problemMatcher": [{ "pattern": [] }] }""", "Owner must not be empty")]
    [InlineData("""{ "problemMatcher": [{ "owner": "o" }] }""", "Matcher 'o' does not contain any patterns")]
    [InlineData("""{ "problemMatcher": [{ "owner": "o", "pattern": [{ "regexp": "(a)" }] }] }""", "At least one pattern must set 'message'")]
    [InlineData("""{ "problemMatcher": [{ "owner": "o", "pattern": [{ "regexp": "(a)", "message": 2 }] }] }""", "The property 'message' is set to 2 which is out of range: the expression has the groups 0 to 1")]
    [InlineData("""{ "problemMatcher": [{ "owner": "o", "pattern": [{ "regexp": "(a)", "message": 1 }, { "regexp": "(a)", "message": 1 }] }] }""", "The property 'message' is set twice")]
    [InlineData("""{ "problemMatcher": [{ "owner": "o", "pattern": [{ "regexp": "(a)", "message": 1, "loop": true }] }] }""", "Only the last pattern in a multiline matcher may set 'loop'")]
    [InlineData("""{ "problemMatcher": [{ "owner": "o", "severity": "fatal", "pattern": [{ "regexp": "(a)", "message": 1 }] }] }""", "Matcher 'o' contains unexpected default severity 'fatal'")]
    [InlineData("""{ "problemMatcher": [{ "owner": "o", "pattern": [{ "regexp": "(", "message": 1 }] }] }""", "Matcher 'o' has a regular expression that cannot be read: Invalid pattern '(' at offset 1. Not enough )'s.")]
    public void Read_BadFile_SaysWhatIsWrong(string json, string message) =>
        Assert.Equal(message, Assert.Throws<MatcherException>(() => ProblemMatcherReader.Read(json)).Message);

    [Fact]
    public void Read_NoJson_SaysWhatWasExpected() =>
        Assert.StartsWith("The problem matcher file is not valid: line 1, at '$'.", Assert.Throws<MatcherException>(() => ProblemMatcherReader.Read("nope")).Message, StringComparison.Ordinal);

    private MatcherSet Build(string json)
    {
        var set = new MatcherSet("/__w/r/r", file => file.StartsWith("src/", StringComparison.Ordinal), _masker, _warnings.Add);
        set.Add(ProblemMatcherReader.Read(json));
        return set;
    }
}
