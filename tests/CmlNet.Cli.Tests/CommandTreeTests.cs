using System.CommandLine;
using System.Globalization;

namespace CmlNet.Cli.Tests;

public sealed class CommandTreeTests
{
    private static readonly CliHost Host = new() { Out = TextWriter.Null, Error = TextWriter.Null, In = TextReader.Null, Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingDirectory = "/", Time = TimeProvider.System, IsTerminal = false };

    [Fact]
    public void Build_AllCommands_HaveNamesOfTheirOwn()
    {
        string[] names = [.. CommandTree.Build(Host).Subcommands.Select(command => command.Name)];
        Assert.Contains("report", names);
        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("metrics diff --help")]
    [InlineData("metrics diff -h")]
    [InlineData("metrics diff -Ah")]
    [InlineData("metrics diff /?")]
    [InlineData("dvc metrics -?")]
    public async Task Parse_AskedForHelp_Helps(string arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        ParseResult parsed = CommandTree.Parse(Host, arguments.Split(' '));
        Assert.Equal(0, await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = output }));
        Assert.Contains("Usage:", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("-?, -h, --help", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What is wrong is told with everything at hand; what is right needs the one command alone.</summary>
    [Theory]
    [InlineData("metrics diff --md", 1)]
    [InlineData("metrics nothing", 24)]
    [InlineData("metrics", 24)]
    [InlineData("--help", 24)]
    [InlineData("reprot", 24)]
    public void Parse_Arguments_HaveTheCommandsTheyNeed(string arguments, int least)
    {
        int count = CommandTree.Parse(Host, arguments.Split(' ')).RootCommandResult.Command.Subcommands.Count;
        Assert.True(least == 1 ? count == 1 : count >= least, $"{count} commands");
    }
}
