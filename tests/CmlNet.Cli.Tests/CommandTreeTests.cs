namespace CmlNet.Cli.Tests;

public sealed class CommandTreeTests
{
    private static readonly CliHost Host = new() { Out = TextWriter.Null, Error = TextWriter.Null, In = TextReader.Null, Environment = new Dictionary<string, string>(StringComparer.Ordinal), WorkingDirectory = "/", Time = TimeProvider.System, IsTerminal = false };

    [Fact]
    public void Build_ForOneCommand_MakesThatOneAlone()
    {
        string[] names = [.. CommandTree.Build(Host).Subcommands.Select(command => command.Name)];
        Assert.Contains("report", names);
        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
        foreach (string name in names)
            Assert.Equal(name, Assert.Single(CommandTree.Build(Host, [name, "--help"]).Subcommands).Name);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("reprot")]
    public void Build_ForNoKnownCommand_MakesAll(string argument) =>
        Assert.Equal(CommandTree.Build(Host).Subcommands.Count, CommandTree.Build(Host, [argument]).Subcommands.Count);
}
