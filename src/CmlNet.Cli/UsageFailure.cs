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
        if (IsCml(parsed))
        {
            // The help first and what is wrong last, where people look; the parser has it the other way round.
            using var help = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
            using var reasons = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
            await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = help, Error = reasons });
            await host.Error.WriteLineAsync($"{help.ToString().Trim()}\n\n{reasons.ToString().Trim()}");
            return ExitCodes.Failure;
        }

        string command = string.Join(' ', CommandNames(parsed.CommandResult));
        foreach (string reason in parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal))
            await host.Error.WriteLineAsync($"{command}: {reason}");
        await host.Error.WriteLineAsync($"Usage: {command} --help");
        return parsed.Tokens is [{ Value: DvcCommand.Name }, ..] ? DvcException.Usage : ExitCodes.Usage;
    }

    /// <summary>Whether arguments are for a command that CML has, or for none at all.</summary>
    public static bool AreForCml(IReadOnlyList<string> args) =>
        args.Count == 0 || CmlCommands.Contains(args[0], StringComparer.Ordinal) || args is ["workflow", "rerun", ..];

    private static bool IsCml(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand || AreForCml([.. parsed.Tokens.Select(t => t.Value)]);

    private static IEnumerable<string> CommandNames(CommandResult command) =>
        command.Parent is CommandResult parent ? CommandNames(parent).Append(command.Command.Name) : ["cml"];
}
