using System.CommandLine;
using System.CommandLine.Parsing;
using CmlNet.Cli.Commands.Dvc;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli;

/// <summary>A command line that cannot be understood: the reasons on standard error, so that standard output stays results only; CML's own commands show their help as well, as CML does.</summary>
internal static class UsageFailure
{
    /// <summary>CML's own commands answer 1 where ours answer <see cref="ExitCodes.Usage"/>.</summary>
    private static readonly string[] CmlCommands =
        ["comment", "send-comment", "asset", "publish", "check", "send-github-check", "pr", "repo", "ci", "rerun-workflow", "runner", "tensorboard", "tensorboard-dev"];

    /// <returns>The exit code; null when the command line was understood.</returns>
    public static async Task<int?> ReportAsync(ParseResult parsed, CliHost host)
    {
        if (parsed.Errors.Count == 0)
            return null;
        if (IsCml(parsed.Tokens))
        {
            await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = host.Error, Error = host.Error });
            return ExitCodes.Failure;
        }
        string command = string.Join(' ', CommandNames(parsed.CommandResult));
        foreach (string reason in parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal))
            await host.Error.WriteLineAsync($"{command}: {reason}");
        await host.Error.WriteLineAsync($"Usage: {command} --help");
        return parsed.Tokens is [{ Value: DvcCommand.Name }, ..] ? DvcException.Usage : ExitCodes.Usage;
    }

    private static bool IsCml(IReadOnlyList<Token> tokens) =>
        tokens.Count == 0
        || CmlCommands.Contains(tokens[0].Value, StringComparer.Ordinal)
        || tokens is [{ Value: "workflow" }, { Value: "rerun" }, ..];

    private static IEnumerable<string> CommandNames(CommandResult command) =>
        command.Parent is CommandResult parent ? CommandNames(parent).Append(command.Command.Name) : ["cml"];
}
