using System.CommandLine;

namespace CmlNet.Cli.Commands.PullRequests;

/// <summary><c>cml pr create [GLOB…]</c>, and <c>cml pr GLOB…</c>, the old name.</summary>
internal static class PrCommand
{
    public static Command Build(CliHost host)
    {
        var command = new Command("pr", "Manage pull requests") { PullRequestAction.Complete(new Command("create", "Open a pull request with the changed files"), host, isLegacy: false) };
        return PullRequestAction.Complete(command, host, isLegacy: true);
    }
}
