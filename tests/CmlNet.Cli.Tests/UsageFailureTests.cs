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

    [Theory]
    [InlineData("Unrecognized command or argument '--nope'.", "comment", "create", "report.md", "--nope")]
    [InlineData("Unrecognized command or argument 'b.md'.", "check", "create", "a.md", "b.md")]
    [InlineData("Unrecognized command or argument 'nosuch'.", "nosuch")]
    [InlineData("Required command was not provided.")]
    public async Task Report_CommandOfCml_ShowsItsHelpThenWhatIsWrongAndEndsWith1(string reason, params string[] arguments)
    {
        (int? exitCode, string error) = await ReportAsync(arguments);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("Description:", error, StringComparison.Ordinal);
        Assert.Contains("\n\n", error, StringComparison.Ordinal);
        Assert.EndsWith(reason + "\n", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "comment", "create")]
    [InlineData(true, "workflow", "rerun")]
    [InlineData(true)]
    [InlineData(false, "workflow", "parse")]
    [InlineData(false, "dvc")]
    public void AreForCml_Arguments_AreTold(bool expected, params string[] arguments) => Assert.Equal(expected, UsageFailure.AreForCml(arguments));

    private static async Task<(int? ExitCode, string Error)> ReportAsync(string[] arguments)
    {
        using var error = new StringWriter { NewLine = "\n" };
        CliHost host = CliHost.FromProcess(git: null) with { Error = error };
        return (await UsageFailure.ReportAsync(CommandTree.Build(host).Parse(arguments), host), error.ToString());
    }
}
