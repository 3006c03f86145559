using CmlNet.Workflows.Execution.Commands;
using CmlNet.Workflows.Execution.Masking;

namespace CmlNet.Workflows.Tests.Execution.Commands;

public sealed class CommandProcessorTests
{
    private readonly RecordingSink _sink = new();
    private readonly SecretMasker _masker = new();

    [Theory]
    [InlineData("plain", "plain", "")]
    [InlineData("::unknown::x", "::unknown::x", "")]
    [InlineData("::error::msg", "##[error]msg", "annotate Error msg")]
    [InlineData("##[warning]msg", "##[warning]msg", "annotate Warning msg")]
    [InlineData("::Notice::msg", "##[notice]msg", "annotate Notice msg")]
    [InlineData("::error::a%0Ab", "##[error]a\nb", "annotate Error a\nb")]
    [InlineData("::debug::msg", "", "")]
    [InlineData("::group::Install", "##[group]Install", "")]
    [InlineData("::endgroup::ignored", "##[endgroup]", "")]
    [InlineData("::set-output name=a::1%0A2", "", "Output a=1\n2")]
    [InlineData("::save-state name=a::1", "", "State a=1")]
    [InlineData("::add-matcher::.github/m.json", "", "matcher add .github/m.json ")]
    [InlineData("::remove-matcher owner=eslint::", "", "matcher remove  eslint")]
    [InlineData("::remove-matcher owner=eslint::f", "##[warning]Either specify an owner name or a file path in ##[remove-matcher] command. Both values cannot be set.", "")]
    [InlineData("::add-matcher::", "##[warning]File path must be specified.", "")]
    [InlineData("::add-mask::  ", "##[warning]Can't add secret mask for empty string in ##[add-mask] command.", "")]
    [InlineData("::set-output::1", "##[error]Unable to process command '::set-output::1' successfully.\n##[error]Required field 'name' is missing in ##[set-output] command.", "fail Required field 'name' is missing in ##[set-output] command.")]
    [InlineData("::echo::maybe", "##[error]Unable to process command '::echo::maybe' successfully.\n##[error]Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: 'maybe'.", "fail Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: 'maybe'.")]
    public void Process_Line_PrintsAndActsAsGitHub(string line, string printed, string events)
    {
        Assert.Equal(printed, Run(CommandOptions.Default, line));
        Assert.Equal(events, _sink.Text);
    }

    [Theory]
    [InlineData("::set-env name=A::1")]
    [InlineData("::add-path::/x")]
    public void Process_UnsecureCommand_FailsTheStep(string line)
    {
        Assert.StartsWith($"##[error]Unable to process command '{line}' successfully.\n##[error]The `", Run(CommandOptions.Default, line), StringComparison.Ordinal);
        Assert.StartsWith("fail The `", _sink.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Process_UnsecureCommandAllowed_IsStored()
    {
        CommandOptions options = new() { AllowUnsecureCommands = true };

        string printed = Run(options, "::set-env name=A::1", "::add-path::/x", "::set-env name=node_options::--require x");

        Assert.Equal("##[error]Can't update NODE_OPTIONS environment variable using ::set-env:: command.", printed);
        Assert.Equal("Environment A=1;Path =/x;annotate Error Can't update NODE_OPTIONS environment variable using ::set-env:: command.", _sink.Text);
    }

    [Fact]
    public void Process_StopCommands_PassesEverythingUntilTheToken()
    {
        string printed = Run(CommandOptions.Default, "::stop-commands::Tok", "::error::a", "::Other::", "::tok::", "::error::b");

        Assert.Equal("::stop-commands::Tok\n::error::a\n::Other::\n::tok::\n##[error]b", printed);
        Assert.Equal("annotate Error b", _sink.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("error")]
    [InlineData("Add-Mask")]
    public void Process_StopCommandsWithABadToken_FailsTheStepAndGoesOn(string token)
    {
        string printed = Run(CommandOptions.Default, $"::stop-commands::{token}", "::group::g");

        Assert.EndsWith("from uuidgen.\n##[group]g", printed, StringComparison.Ordinal);
        Assert.StartsWith("fail Invalid token for stop-commands", _sink.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Process_EchoOn_ShowsCommandsButNotTheSecretsOfAddMask()
    {
        string printed = Run(CommandOptions.Default, "::set-output name=a::1", "::echo::on", "::set-output name=b::2", "::add-mask::hunter2", "::error::e", "::echo::off", "::set-output name=c::3");

        Assert.Equal("::set-output name=b::2\n::add-mask::***\n##[error]e\n::echo::off", printed);
    }

    [Fact]
    public void Process_Debug_ShowsMessagesAndEchoes() =>
        Assert.Equal("##[debug]msg\n::set-output name=a::1", Run(new() { IsDebug = true }, "::debug::msg", "::set-output name=a::1"));

    [Fact]
    public void Process_AddMask_HidesTheValueAndEachOfItsLines()
    {
        string printed = Run(CommandOptions.Default, "::add-mask::first line%0Asecond line", "see second line", "::error::and first line!");

        Assert.Equal("see ***\n##[error]and ***!", printed);
        Assert.Equal("annotate Error and ***!", _sink.Text);
    }

    [Fact]
    public void Process_ManyAnnotations_KeepsTenOfEachLevel()
    {
        string printed = Run(CommandOptions.Default, [.. Enumerable.Range(0, 12).SelectMany(i => new[] { $"::error::e{i}", $"::notice::n{i}" })]);

        Assert.Equal(24, printed.Split('\n').Length);
        Assert.Equal(10, _sink.Annotations.Count(a => a.Level == AnnotationLevel.Error));
        Assert.Equal(10, _sink.Annotations.Count(a => a.Level == AnnotationLevel.Notice));
    }

    [Fact]
    public void Process_LongMessage_IsMaskedBeforeItIsCut()
    {
        _masker.Add("hunter2hunter2");
        Run(CommandOptions.Default, "::error::" + new string('x', Annotation.MaximumMessageLength - 5) + "hunter2hunter2");

        Assert.Equal(new string('x', Annotation.MaximumMessageLength - 5) + "***", Assert.Single(_sink.Annotations).Message);
    }

    [Theory]
    [InlineData("file=a.py,line=3,endLine=5,title=T", "a.py|3|5|||T")]
    [InlineData("file=/__w/r/r/src/a.py,line=3,col=1,endColumn=4", "src/a.py|3||1|4|")]
    [InlineData("file=/elsewhere/a.py", "/elsewhere/a.py|||||")]
    [InlineData("line=x,col=2", "|||||")]
    [InlineData("endLine=7", "|7|7|||")]
    [InlineData("line=1,endLine=2,col=3", "|1|2|||")]
    [InlineData("line=5,endLine=2", "|||||")]
    [InlineData("line=1,endColumn=9", "|1||9|9|")]
    [InlineData("line=1,col=9,endColumn=2", "|1||||")]
    public void Process_Annotation_CorrectsPositions(string properties, string expected)
    {
        Run(new() { Workspace = "/__w/r/r" }, $"::warning {properties}::m");

        Annotation a = Assert.Single(_sink.Annotations);
        Assert.Equal(expected, $"{a.File}|{a.Line}|{a.EndLine}|{a.Column}|{a.EndColumn}|{a.Title}");
    }

    [Fact]
    public void Process_MatcherProblem_FailsTheStep()
    {
        _sink.MatcherProblem = "m.json: not found";

        Assert.Equal("##[error]Unable to process command '::add-matcher::m.json' successfully.\n##[error]m.json: not found", Run(CommandOptions.Default, "::add-matcher::m.json"));
    }

    private string Run(CommandOptions options, params string[] lines)
    {
        var processor = new CommandProcessor(_sink, _masker, new AnnotationBudget(), options);
        return string.Join('\n', lines.SelectMany(line => processor.Process(line) ?? [_masker.Mask(line)]));
    }

    private sealed class RecordingSink : ICommandSink
    {
        private readonly List<string> _events = [];

        public string Text => string.Join(';', _events);

        public List<Annotation> Annotations { get; } = [];

        public string? MatcherProblem { get; set; }

        public void Annotate(Annotation annotation)
        {
            Annotations.Add(annotation);
            _events.Add($"annotate {annotation.Level} {annotation.Message}");
        }

        public void Store(CommandStore store, string name, string value) => _events.Add($"{store} {name}={value}");

        public string? ChangeMatchers(MatcherChange change)
        {
            _events.Add($"matcher {(change.IsRemoval ? "remove" : "add")} {change.File} {change.Owner}");
            return MatcherProblem;
        }

        public void Fail(string message) => _events.Add($"fail {message}");
    }
}
