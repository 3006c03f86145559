using System.CommandLine;

namespace CmlNet.Cli.Commands.Metrics;

/// <summary><c>cml metrics</c>.</summary>
internal static class MetricsCommand
{
    public static Command Build(CliHost host) => new("metrics", "Print or compare metrics.") { ShowCommand.Build(host), DiffCommand.Build(host, isParams: false) };
}
