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
        var file = new Argument<string>("file") { Description = "The configuration.", DefaultValueFactory = _ => RunnerConfiguration.FileName };
        var command = new Command("check", "Say every defect of a configuration, with line and column.") { file };
        command.SetAction((parsed, _) => RunnerFailure.GuardAsync(async () =>
        {
            RunnerConfiguration configuration = RunnerOptions.Read(host, parsed.GetValue(file)!); // it has a default
            await host.Out.WriteLineAsync($"{parsed.GetValue(file)}: {configuration.Pools.Count} {(configuration.Pools.Count == 1 ? "pool" : "pools")} for {configuration.Scope}");
            return ExitCodes.Success;
        }));
        return command;
    }
}
