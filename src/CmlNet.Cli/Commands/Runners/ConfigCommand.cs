using System.CommandLine;
using CmlNet.Runner.Configuration;

namespace CmlNet.Cli.Commands.Runners;

/// <summary><c>cml runner config</c>: the schema of <c>runner.yaml</c>, and whether a file holds to it.</summary>
internal static class ConfigCommand
{
    public static Command Build(CliHost host) => new("config", "Check runner.yaml.") { BuildSchema(host), BuildCheck(host) };

    private static Command BuildSchema(CliHost host)
    {
        var command = new Command("schema", "Print the JSON Schema of runner.yaml.");
        command.SetAction(_ =>
        {
            host.Out.Write(RunnerConfigurationReader.WriteSchema());
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command BuildCheck(CliHost host)
    {
        var file = new Argument<string?>("file") { Description = $"The configuration (default: {RunnerConfiguration.FileName}).", Arity = ArgumentArity.ZeroOrOne };
        var config = new Option<string?>("--config", "-c") { Description = "The same, as the other commands have it." };
        var command = new Command("check", "Say every defect of a configuration, with line and column.") { file, config };
        command.SetAction((parsed, _) => RunnerFailure.GuardAsync(async () =>
        {
            if (parsed.GetValue(file) is not null && parsed.GetValue(config) is not null)
                throw new CliException(ExitCodes.Usage, "The configuration was given twice: as an argument, and with --config.");
            string path = parsed.GetValue(config) ?? parsed.GetValue(file) ?? RunnerConfiguration.FileName;
            RunnerConfiguration configuration = RunnerOptions.Read(host, path);
            await host.Out.WriteLineAsync($"{path}: {configuration.Pools.Count} {(configuration.Pools.Count == 1 ? "pool" : "pools")} for {configuration.Scope}");
            return ExitCodes.Success;
        }));
        return command;
    }
}
