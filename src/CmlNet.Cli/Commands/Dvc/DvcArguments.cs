using System.CommandLine;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>Arguments of DVC's commands that its parser, argparse, reads in its own way, written so that ours reads the same.</summary>
internal static class DvcArguments
{
    private static readonly string[] Help = ["--help", "-h", "-?", "--version"];

    /// <summary><c>--cd FOLDER</c> before a command: it runs there.</summary>
    /// <exception cref="CliException">There is no such folder.</exception>
    public static (CliHost Host, string[] Arguments) InFolder(CliHost host, string[] args)
    {
        if (args is not [DvcCommand.Name, "--cd", var name, .. var rest])
            return (host, args);
        string folder = Path.GetFullPath(name, host.WorkingDirectory);
        return Directory.Exists(folder) ? (host with { WorkingDirectory = folder }, [DvcCommand.Name, .. rest]) : throw new CliException(DvcException.Usage, $"ERROR: --cd {name}: there is no such folder");
    }

    /// <summary>What begins like an option and is none is a mistake, and no target. Of <c>run</c> and <c>stage add</c>, everything from the first word on is the stage's command.</summary>
    /// <param name="root">With the command.</param>
    /// <param name="args">All arguments.</param>
    /// <exception cref="CliException">An option that the command does not have.</exception>
    public static string[] Rewrite(Command root, string[] args)
    {
        if (args is not [DvcCommand.Name, ..])
            return args;
        Command command = root;
        int at = 0;
        for (; at < args.Length && command.Subcommands.FirstOrDefault(c => c.Name == args[at] || c.Aliases.Contains(args[at])) is { } next; at++)
            command = next;
        bool isStage = args is [_, "run", ..] or [_, "stage", "add", ..];
        for (; at < args.Length && args[at] != "--"; at++)
        {
            if (args[at] is not ['-', _, ..])
            {
                if (isStage)
                    return [.. args[..at], "--", .. args[at..]];
                continue;
            }

            if (command.Subcommands.Count > 0)
                return args;
            if (TakesNext(command, args[at]))
                at++;
        }

        return args;
    }

    /// <summary>Whether the value of an option is the argument behind it. Of letters in a bundle, <c>-fn</c>, the first that takes a value takes the rest as its own.</summary>
    private static bool TakesNext(Command command, string argument)
    {
        Option option = Find(command, argument);
        if (argument.Contains('=', StringComparison.Ordinal))
            return false;
        for (int letter = 2; option is Option<bool> && argument[1] != '-' && letter < argument.Length; letter++)
        {
            option = Find(command, "-" + argument[letter]);
            if (option is not Option<bool> && letter + 1 < argument.Length)
                return false;
        }

        bool hasOwnValue = option is not Option<bool> && argument[1] != '-' && argument.Length > 2 && Is(option, argument[..2]);
        return option is not Option<bool> && !hasOwnValue && option.Arity.MinimumNumberOfValues > 0;
    }

    private static Option Find(Command command, string argument)
    {
        string name = argument.Split('=')[0];
        // -fr stands for -f -r, and -j4 for -j 4.
        return command.Options.FirstOrDefault(option => Is(option, name)) ?? (name[1] == '-' ? null : command.Options.FirstOrDefault(option => Is(option, name[..2])))
            ?? (Help.Contains(name, StringComparer.Ordinal) ? new Option<bool>(name) : throw new CliException(DvcException.Usage, $"ERROR: unrecognized arguments: {name}. What there is: cml {NameOf(command)} --help"));
    }

    private static bool Is(Option option, string name) => option.Name == name || option.Aliases.Contains(name);

    private static string NameOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent && parent.Parents.Any() ? $"{NameOf(parent)} {command.Name}" : command.Name;
}
