using CmlNet.Workflows.Execution.Commands;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Workflows.Tests.Execution.Commands;

public sealed class WorkflowCommandTests
{
    private static readonly HashSet<string> Registered = new(CommandNames.All, StringComparer.OrdinalIgnoreCase);

    [Theory]
    [InlineData("::error::msg", "error||msg")]
    [InlineData("   \t::error::msg", "error||msg")]
    [InlineData("::ERROR::msg", "ERROR||msg")]
    [InlineData("::error ::msg", "error||msg")]
    [InlineData("::error file=a.py,line=3::msg", "error|file=a.py,line=3|msg")]
    [InlineData("::error file=a.py , line=3::msg", "error|file=a.py , line=3|msg")]
    [InlineData("::error title=a=b::x", "error|title=a=b|x")]
    [InlineData("::error title=,file=f,=x::x", "error|file=f|x")]
    [InlineData("::error title=a%3Ab%2Cc%0Ad%25::x", "error|title=a:b,c\nd%|x")]
    [InlineData("::error title=%253A::x", "error|title=%3A|x")]
    [InlineData("::error::a%0Ab%0D%25%3A%2C", "error||a\nb\r%%3A%2C")]
    [InlineData("::error::%250A", "error||%0A")]
    [InlineData("::error::a::b", "error||a::b")]
    [InlineData("::endgroup::", "endgroup||")]
    [InlineData("##[error]msg", "error||msg")]
    [InlineData("text ##[error file=a;line=2]msg", "error|file=a,line=2|msg")]
    [InlineData("##[error title=%3B%5D%0A%25]%5D%3B%250D", "error|title=;]\n%|];%0D")]
    [InlineData("::nope:: ##[error]x", "error||x")]
    public void TryParse_Command_GivesNamePropertiesData(string line, string expected)
    {
        Assert.True(WorkflowCommand.TryParse(line, Registered, out WorkflowCommand? command));
        string properties = string.Join(',', command.Properties.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal(expected, $"{command.Name}|{properties}|{command.Data}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("text")]
    [InlineData("x ::error::msg")]
    [InlineData("::nope::msg")]
    [InlineData("::error:msg")]
    [InlineData("::error")]
    [InlineData("::::")]
    [InlineData(":: error::x")]
    [InlineData("##[nope]x")]
    [InlineData("##[error")]
    [InlineData("#[error]x")]
    public void TryParse_OtherLine_IsOrdinaryOutput(string line) =>
        Assert.False(WorkflowCommand.TryParse(line, Registered, out _));

    [Fact]
    public void TryParse_EscapedData_ComesBackForAnyText() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            string escaped = text.Get.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
            return WorkflowCommand.TryParse("::debug::" + escaped, Registered, out WorkflowCommand? command) && command.Data == text.Get;
        }).QuickCheckThrowOnFailure();
}
