using System.CommandLine;
using CmlNet.Cli;

// Asked for so often by scripts that it does not wait for the command tree.
if (args is ["--version"])
{
    Console.Out.WriteLine(CmlVersion.Text);
    return ExitCodes.Success;
}

CliHost host = CliHost.FromProcess();
try
{
    // After a signal, a watched report is posted once more, and a job's containers are removed.
    // '@file' is an argument like any other.
    ParseResult parsed = CommandTree.Build(host).Parse(InvokedName.Expand(args), new ParserConfiguration { ResponseFileTokenReplacer = null });
    return await UsageFailure.ReportAsync(parsed, host) ?? await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = host.Out, Error = host.Error, ProcessTerminationTimeout = TimeSpan.FromMinutes(3) });
}
catch (CliException e)
{
    host.Error.WriteLine(e.Message);
    return e.ExitCode;
}
catch (OperationCanceledException)
{
    return ExitCodes.Interrupted;
}
