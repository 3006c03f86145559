using System.CommandLine;

namespace CmlNet.Cli;

/// <summary>A command line that cannot be understood: the command's help and the reasons, on standard error, so that standard output stays results only.</summary>
internal static class UsageFailure
{
    /// <summary>CML's own commands answer 1 where ours answer <see cref="ExitCodes.Usage"/>.</summary>
    private static readonly string[] CmlCommands =
        ["comment", "send-comment", "asset", "publish", "check", "send-github-check", "pr", "repo", "ci", "workflow", "rerun-workflow", "runner", "tensorboard", "tensorboard-dev"];

    /// <returns>The exit code; null when the command line was understood.</returns>
    public static async Task<int?> ReportAsync(ParseResult parsed, CliHost host)
    {
        if (parsed.Errors.Count == 0)
            return null;
        await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = host.Error, Error = host.Error });
        bool isCml = parsed.Tokens.Count == 0 || CmlCommands.Contains(parsed.Tokens[0].Value, StringComparer.Ordinal);
        return isCml ? ExitCodes.Failure : ExitCodes.Usage;
    }
}
