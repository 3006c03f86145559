using System.CommandLine;
using System.CommandLine.Invocation;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>Gives every command what DVC's all have: <c>--quiet</c>, with which only errors are printed, and <c>--verbose</c>.</summary>
internal static class CommonOptions
{
    /// <param name="command">It, or those below it.</param>
    /// <param name="output">What the commands print to.</param>
    public static void Add(Command command, QuietableWriter output)
    {
        foreach (Command inner in command.Subcommands)
            Add(inner, output);
        if (command.Subcommands.Count > 0)
            return;
        if (!Has(command, "--verbose"))
            command.Add(new Option<bool>("--verbose", "-v") { Description = "As DVC takes it." });
        if (Has(command, "--quiet"))
            return;
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print errors only." };
        command.Add(quiet);
        CommandLineAction? action = command.Action;
        command.SetAction(async (parsed, cancellationToken) =>
        {
            output.IsQuiet = parsed.GetValue(quiet);
            return action switch
            {
                AsynchronousCommandLineAction asynchronous => await asynchronous.InvokeAsync(parsed, cancellationToken),
                SynchronousCommandLineAction synchronous => synchronous.Invoke(parsed),
                _ => ExitCodes.Success,
            };
        });
    }

    private static bool Has(Command command, string name) => command.Options.Any(option => option.Name == name);
}
