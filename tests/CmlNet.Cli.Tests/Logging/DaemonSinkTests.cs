using System.Text.Json.Nodes;
using CmlNet.Cli.Logging;
using CmlNet.Publishing.Secrets;
using Serilog;

namespace CmlNet.Cli.Tests.Logging;

public sealed class DaemonSinkTests
{
    [Theory]
    [InlineData("Text", @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z warn: gpu1: \*+ took 3 jobs\n$")]
    [InlineData("Journal", @"^<4>warn: gpu1: \*+ took 3 jobs\n$")]
    public void Text_HasItsTimeOrItsPriority_AndNoSecret(string format, string expected)
    {
        string log = Write(Enum.Parse<DaemonLogFormat>(format), logger => logger.Warning("{Pool}: {Runner} took {Count} jobs", "gpu1", "ghp_secret12345678", 3));
        Assert.Matches(expected, log);
    }

    [Fact]
    public void Json_HasTheValuesByName_AndNoSecret()
    {
        JsonNode record = JsonNode.Parse(Write(DaemonLogFormat.Json, logger => logger.ForContext("SourceContext", "x").Information("{Pool}: {Runner} took {Count} jobs", "gpu1", "ghp_secret12345678", 3)))!; // an object
        Assert.Equal(["date", "level", "message", "values"], record.AsObject().Select(entry => entry.Key));
        Assert.Equal(("info", "gpu1", 3), ((string?)record["level"], (string?)record["values"]?["pool"], (int?)record["values"]?["count"]));
        Assert.DoesNotContain("ghp_secret12345678", record.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Defect_WithItsCause_StaysOneLineOfText()
    {
        string log = Write(DaemonLogFormat.Text, logger => logger.Error(Thrown(), "a defect of cml's own"));
        Assert.Equal(1, log.Count(c => c == '\n'));
        Assert.Contains("a defect of cml's own: System.InvalidOperationException: two | lines", log, StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), log, StringComparison.Ordinal);
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("two\nlines");
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }

    private static string Write(DaemonLogFormat format, Action<ILogger> log)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var mask = SecretMask.For(new Dictionary<string, string>(StringComparer.Ordinal) { ["REPO_TOKEN"] = "ghp_secret12345678" });
        using (Serilog.Core.Logger logger = new LoggerConfiguration().WriteTo.Sink(new DaemonSink(text, mask, format)).CreateLogger())
            log(logger);
        return text.ToString();
    }
}
