using System.CommandLine;
using CmlNet.Cli.Commands.Metrics;

namespace CmlNet.Cli.Commands.Params;

/// <summary><c>cml params</c>.</summary>
internal static class ParamsCommand
{
    public static Command Build(CliHost host) => new("params", "Compare parameters.") { DiffCommand.Build(host, isParams: true) };
}
