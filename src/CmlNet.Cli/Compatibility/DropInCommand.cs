using System.CommandLine;
using System.CommandLine.Help;
using CmlNet.Cli.Logging;
using CmlNet.Publishing;
using CmlNet.Publishing.Secrets;

namespace CmlNet.Cli.Compatibility;

/// <summary>What CML's commands have in common: options by its rules, log records on standard error, exit code 1 for any failure.</summary>
internal static class DropInCommand
{
    /// <param name="command">Gets the group's options and the action.</param>
    /// <param name="group">The options.</param>
    /// <param name="host">The surroundings.</param>
    /// <param name="run">The work; what it throws as <see cref="CliException"/> or <see cref="PublishingException"/> becomes one log record.</param>
    public static Command Complete(Command command, OptionGroup group, CliHost host, Func<DropInContext, CancellationToken, Task> run)
    {
        group.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(FullName(command), group, parsed, host, run, cancellationToken));
        return command;
    }

    private static string FullName(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent && parent.Parents.Any() ? $"{parent.Name} {command.Name}" : command.Name;

    private static async Task<int> RunAsync(string name, OptionGroup group, ParseResult parsed, CliHost host, Func<DropInContext, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        var values = new OptionValues(group, parsed, host.Environment);
        SecretMask mask = SecretMask.For(host.Environment, values.Text("driver-token"));
        var log = new CmlLogger(host, values.Text("log") ?? "info", mask);
        foreach (string variable in values.UnknownVariables)
            CliLog.UnknownVariable(log, variable, name);
        try
        {
            await run(new DropInContext { Parsed = parsed, Values = values, Host = host, Logger = log, Mask = mask }, cancellationToken);
            return ExitCodes.Success;
        }
        catch (CliException e) when (e.IsUsage)
        {
            await WriteUsageAsync(parsed.CommandResult.Command, e.Message, host.Error);
            return e.ExitCode;
        }
        catch (Exception e) when (e is CliException or PublishingException)
        {
            CliLog.Failed(log, e.Message);
            return e is CliException cli ? cli.ExitCode : ExitCodes.Failure;
        }
    }

    /// <summary>As CML does it: the help first and what is wrong last, where people look.</summary>
    private static async Task WriteUsageAsync(Command command, string message, TextWriter error)
    {
        Command root = command;
        while (root.Parents.OfType<Command>().FirstOrDefault() is { } parent)
            root = parent;
        // See CommandTree: who has not asked for help has no option for it.
        if (root is not RootCommand)
            root.Options.Add(new HelpOption());
        using var help = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        await command.Parse("--help").InvokeAsync(new InvocationConfiguration { Output = help, Error = help });
        await error.WriteLineAsync($"{help.ToString().Trim()}\n\n{message}");
    }
}
