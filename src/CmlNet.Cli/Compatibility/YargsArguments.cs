using System.CommandLine;

namespace CmlNet.Cli.Compatibility;

/// <summary>Arguments of CML's commands that its parser, yargs, reads in its own way, written so that ours reads the same.</summary>
internal static class YargsArguments
{
    private static readonly string[] Global = ["--log", "--driver", "--repo", "--token", "--driver-token", "--driverToken"];

    /// <summary>Options that every command has may stand before it; they are put behind it.</summary>
    public static string[] CommandFirst(string[] args)
    {
        int at = 0;
        while (at < args.Length && Global.Contains(args[at].Split('=')[0], StringComparer.Ordinal))
            at += args[at].Contains('=', StringComparison.Ordinal) ? 1 : 2;
        if (at == 0 || at >= args.Length || !UsageFailure.AreForCml(args[at..]))
            return args;
        int end = Array.FindIndex(args, at, static a => a.StartsWith('-'));
        end = end < 0 ? args.Length : end;
        return [.. args[at..end], .. args[..at], .. args[end..]];
    }

    /// <summary>
    /// <c>--x=</c> is an empty value, and so is an option with another one behind it. A flag's value is true or false, or else it is a
    /// mistake and no file. Behind <c>--</c> everything is a file, whatever it begins with.
    /// </summary>
    /// <param name="root">With the command.</param>
    /// <param name="args">All arguments.</param>
    /// <exception cref="CliException">A flag has another value.</exception>
    public static string[] Rewrite(Command root, string[] args)
    {
        if (!UsageFailure.AreForCml(args) || args is ["runner", not "launch", ..])
            return args;
        Command command = root;
        int at = 0;
        for (; at < args.Length && command.Subcommands.FirstOrDefault(c => c.Name == args[at]) is { } next; at++)
            command = next;
        var written = new List<string>(args[..at]);
        int files = Array.IndexOf(args, "--", at);
        int end = files < 0 ? args.Length : files;
        for (; at < end; at++)
            written.AddRange(Written(command, args[at], at + 1 < end ? args[at + 1] : null));
        return [.. written, .. args[end..].Select(static (a, i) => i > 0 && a.Length > 1 && a[0] == '-' ? "./" + a : a)];
    }

    private static string[] Written(Command command, string argument, string? next)
    {
        string[] parts = argument.Split('=', 2);
        return Find(command, parts[0]) switch
        {
            null => [argument],
            Option<bool> flag when parts.Length > 1 => [$"{parts[0]}={Truth(flag, parts[1])}"],
            Option<bool> => [argument],
            _ when parts is [_, ""] => [parts[0], ""],
            _ when parts.Length == 1 && (next is null || next == "--" || Find(command, next.Split('=')[0]) is not null) => [argument, ""],
            _ => [argument],
        };
    }

    private static Option? Find(Command command, string name) =>
        name.Length > 1 && name[0] == '-' ? command.Options.FirstOrDefault(o => o.Name == name || o.Aliases.Contains(name)) : null;

    private static string Truth(Option flag, string value) => value.ToUpperInvariant() switch
    {
        "TRUE" => "true",
        "FALSE" or "" => "false",
        _ => throw new CliException(ExitCodes.Failure, $"Invalid value for {flag.Name.TrimStart('-')}: \"{value}\"; choices: true, false"),
    };
}
