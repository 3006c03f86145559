using CmlNet.Cli.Logging;
using CmlNet.Publishing.Secrets;

namespace CmlNet.Cli.Tests.Logging;

public sealed class CmlLoggerTests
{
    [Theory]
    [InlineData(false, "{\"level\":\"warn\",\"message\":\"a \\\"b\\\" <é>\"}\n")]
    [InlineData(true, "\u001b[33mwarn\u001b[39m: a \"b\" <é>\n")]
    public void Log_Record_IsTextOnATerminalAndJsonElsewhere(bool isTerminal, string expected)
    {
        Assert.Equal(expected, Logged(isTerminal, "info", [], log => CliLog.Warn(log, "a \"b\" <é>")));
    }

    [Fact]
    public void Log_TokenInMessage_IsMasked() =>
        Assert.Equal("{\"level\":\"error\",\"message\":\"x *** y\"}\n", Logged(false, "info", new() { ["MY_TOKEN"] = "s3cret-value" }, log => CliLog.Failed(log, "x s3cret-value y")));

    [Fact]
    public void Log_BelowTheLevel_IsDropped() => Assert.Equal("", Logged(false, "error", [], log => CliLog.Warn(log, "x")));

    private static string Logged(bool isTerminal, string level, Dictionary<string, string> environment, Action<CmlLogger> act)
    {
        var error = new StringWriter();
        var host = new CliHost { Out = TextWriter.Null, Error = error, In = TextReader.Null, Environment = environment, WorkingDirectory = "/", Time = TimeProvider.System, IsTerminal = isTerminal };
        var log = new CmlLogger(host, level, SecretMask.For(environment));
        act(log);
        return error.ToString();
    }
}
