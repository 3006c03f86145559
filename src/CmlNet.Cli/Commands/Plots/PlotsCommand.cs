using System.CommandLine;

namespace CmlNet.Cli.Commands.Plots;

/// <summary><c>cml plots</c>.</summary>
internal static class PlotsCommand
{
    public static Command Build(CliHost host) => new("plots", "Draw or compare the plots of dvc.yaml, or of any file.")
    {
        PlotsVerb.Build(host, isDiff: false),
        PlotsVerb.Build(host, isDiff: true),
        PlotsModifyCommand.Build(host),
        PlotsTemplatesCommand.Build(host),
    };
}
