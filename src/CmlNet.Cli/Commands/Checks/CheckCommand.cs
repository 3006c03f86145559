using System.CommandLine;

namespace CmlNet.Cli.Commands.Checks;

/// <summary><c>cml check create FILE</c>, <c>cml check update FILE</c>, and <c>cml send-github-check FILE</c>, the old name.</summary>
internal static class CheckCommand
{
    public static Command Build(CliHost host) => new("check", "Manage check runs")
    {
        CheckAction.Complete(new Command("create", "Show a report as a check run"), host),
        CheckAction.Complete(new Command("update", "Update the check run with the same title, to complete it for example, or create one"), host, isUpdate: true),
    };

    public static Command BuildLegacy(CliHost host) =>
        CheckAction.Complete(new Command("send-github-check", "Show a report as a check run") { Hidden = true }, host, replacement: "check create");
}
