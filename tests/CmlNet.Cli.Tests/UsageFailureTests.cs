namespace CmlNet.Cli.Tests;

public sealed class UsageFailureTests
{
    [Theory]
    [InlineData("cml run: Unrecognized option '--bogus'.\nUsage: cml run --help\n", "run", "--bogus")]
    [InlineData("cml gate: Required argument 'METRIC' missing for command: 'gate'.\nUsage: cml gate --help\n", "gate")]
    public async Task Report_OwnCommand_SaysWhyInALineAndEndsWith2(string expected, params string[] arguments)
    {
        (int? exitCode, string error) = await ReportAsync(arguments);

        Assert.Equal((2, expected), (exitCode, error));
    }

    [Fact]
    public async Task Report_CommandOfCml_ShowsItsHelpAndEndsWith1()
    {
        (int? exitCode, string error) = await ReportAsync(["comment", "create", "report.md", "--nope"]);

        Assert.Equal(1, exitCode);
        Assert.Contains("--nope", error, StringComparison.Ordinal);
        Assert.Contains("Usage:", error, StringComparison.Ordinal);
    }

    private static async Task<(int? ExitCode, string Error)> ReportAsync(string[] arguments)
    {
        using var error = new StringWriter { NewLine = "\n" };
        CliHost host = CliHost.FromProcess() with { Error = error };
        return (await UsageFailure.ReportAsync(CommandTree.Build(host).Parse(arguments), host), error.ToString());
    }
}
