using System.CommandLine;
using CmlNet.Cli.Commands.Metrics;
using CmlNet.Workflows.Execution.Forwarding;
using CmlNet.Workflows.Execution.Supervision;

namespace CmlNet.Cli;

internal static class Program
{
    /// <summary>Not async itself: <c>--version</c> is asked for so often by scripts that it waits for nothing else.</summary>
    private static Task<int> Main(string[] args)
    {
        bool asksForVersion = args is ["--version"] || (args is [.., "--version"] && UsageFailure.AreForCml(args));
        if (!asksForVersion)
            return RunAsync(args);
        try
        {
            StandardStream.OpenOutput().WriteLine(CmlVersion.Text);
            return Task.FromResult(ExitCodes.Success);
        }
        catch (CliException e)
        {
            StandardStream.OpenError().WriteLine(e.Message);
            return Task.FromResult(e.ExitCode);
        }
    }

    private static async Task<int> RunAsync(string[] args)
    {
        CliHost host;
        try
        {
            host = CliHost.FromProcess(EarlyGit.BeginFor(args));
            // What begins with git opens no database.
            if (host.Git is null)
                NativeSqlite.Provide();
        }
        catch (IOException)
        {
            await StandardStream.OpenError().WriteLineAsync("cml: the current directory is no longer there. Change to another one and try again.");
            return ExitCodes.Usage;
        }
        // Of no use to people, and waited for at the start of every job: no command tree.
        if (args is [Supervisor.CommandName, var socket])
            return await Supervisor.RunAsync(socket, host.Environment, host.Error, host.Time, CancellationToken.None);
        if (args is [Forwarder.CommandName, .. var rules])
            return await Forwarder.RunAsync(rules, host.Out, host.Error, CancellationToken.None);
        try
        {
            // After a signal, a watched report is posted once more; a job's always() steps get five minutes each, then its containers are removed.
            ParseResult parsed = CommandTree.Parse(host, InvokedName.Expand(args));
            // The daemon handles signals itself: the first one lets its jobs finish, however long they take.
            TimeSpan? patience = args is ["runner", ..] ? null : TimeSpan.FromMinutes(15);
            return await UsageFailure.ReportAsync(parsed, host) ?? await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = host.Out, Error = host.Error, ProcessTerminationTimeout = patience });
        }
        catch (CliException e)
        {
            await host.Error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception e)
        {
            await host.Error.WriteLineAsync(UnexpectedFailure.Describe(e, args, host.Environment));
            return ExitCodes.Failure;
        }
    }
}
