using CmlNet.Workflows.Execution.Shells;

namespace CmlNet.Workflows.Tests.Execution.Shells;

public sealed class ShellCommandTests
{
    [Theory]
    [InlineData(null, false, "bash,-e,/w/s.sh")]
    [InlineData("", false, "bash,-e,/w/s.sh")]
    [InlineData(null, true, "sh,-e,/w/s.sh")]
    [InlineData("bash", false, "bash,--noprofile,--norc,-e,-o,pipefail,/w/s.sh")]
    [InlineData("bash", true, "bash,--noprofile,--norc,-e,-o,pipefail,/w/s.sh")]
    [InlineData("sh", true, "sh,-e,/w/s.sh")]
    [InlineData("python", true, "python,/w/s.py")]
    [InlineData("pwsh", true, "pwsh,-command,. '/w/s.ps1'")]
    [InlineData("powershell", true, "powershell,-command,. '/w/s.ps1'")]
    [InlineData("cmd", true, "cmd,/D,/E:ON,/V:OFF,/S,/C,CALL /w/s.cmd")]
    [InlineData("bash -x {0}", true, "bash,-x,/w/s.sh")]
    [InlineData("bash -l -c \"source /env && bash {0}\"", true, "bash,-l,-c,source /env && bash /w/s.sh")]
    [InlineData("Rscript --vanilla {0}", true, "Rscript,--vanilla,/w/s")]
    [InlineData("perl {0} {0}", true, "perl,/w/s,/w/s")]
    public void Resolve_Shell_GivesTheRunnersCommandLine(string? shell, bool isContainerJob, string expected)
    {
        ShellInvocation invocation = ShellCommand.Resolve(shell, isContainerJob, _ => true);

        Assert.Equal(expected, string.Join(',', invocation.CommandLine("/w/s" + invocation.Extension)));
    }

    [Fact]
    public void Resolve_UnsetOnAHostWithoutBash_UsesSh()
    {
        ShellInvocation invocation = ShellCommand.Resolve(null, isContainerJob: false, name => name == "sh");

        Assert.Equal(["sh", "-e", "x"], invocation.CommandLine("x"));
    }

    [Theory]
    [InlineData("zsh", "Invalid shell 'zsh'. It must be one of bash, sh, python, pwsh, powershell, cmd, or a command that contains '{0}' where the script file goes, e.g. 'zsh {0}'.")]
    [InlineData("bash -x", "Invalid shell 'bash -x'. It must be one of bash, sh, python, pwsh, powershell, cmd, or a command that contains '{0}' where the script file goes, e.g. 'bash {0}'.")]
    public void Resolve_WithoutPlaceholder_NamesTheShell(string shell, string message) =>
        Assert.Equal(message, Assert.Throws<ShellException>(() => ShellCommand.Resolve(shell, true, _ => true)).Message);

    [Fact]
    public void Resolve_MissingHostProgram_SaysSo() =>
        Assert.Equal("pwsh: command not found. Install it on this machine, or choose another 'shell:'.", Assert.Throws<ShellException>(() => ShellCommand.Resolve("pwsh", false, _ => false)).Message);

    [Fact]
    public void CommandLine_BlanksInThePath_StayInOneArgument() =>
        Assert.Equal(["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "/my dir/s.sh"], ShellCommand.Resolve("bash", true, _ => true).CommandLine("/my dir/s.sh"));

    [Theory]
    [InlineData("bash", "a\r\nb")]
    [InlineData("python", "a\r\nb")]
    [InlineData("pwsh", "$ErrorActionPreference = 'stop'\na\r\nb\nif ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }")]
    [InlineData("cmd", "@echo off\na\r\nb")]
    public void Script_Text_IsVerbatimUnlessTheShellNeedsAFrame(string shell, string expected) =>
        Assert.Equal(expected, ShellCommand.Resolve(shell, true, _ => true).Script("a\r\nb"));

    [Theory]
    [InlineData("", "")]
    [InlineData("  a\t b ", "a|b")]
    [InlineData("\"a b\" c", "a b|c")]
    [InlineData("a\"b c\"d", "ab cd")]
    [InlineData("\\\"a\\\"", "\"a\"")]
    [InlineData("a\\b \\\\\"c d\"", "a\\b|\\c d")]
    [InlineData("\"\"", "")]
    [InlineData("'a b'", "'a|b'")]
    [InlineData("\"a\"\"b\"", "a\"b")]
    [InlineData("\"unclosed text", "unclosed text")]
    [InlineData("end\\", "end\\")]
    public void Split_Arguments_FollowsTheRunnersRules(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', ShellWords.Split(text)));
}
