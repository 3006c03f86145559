using System.CommandLine;
using CmlNet.Cli.Commands.Assets;
using CmlNet.Cli.Commands.Comments;
using CmlNet.Cli.Commands.Doctor;
using CmlNet.Cli.Commands.Dvc;
using CmlNet.Cli.Commands.Gate;
using CmlNet.Cli.Commands.Metrics;
using CmlNet.Cli.Commands.Params;
using CmlNet.Cli.Commands.Plot;
using CmlNet.Cli.Commands.Plots;
using CmlNet.Cli.Commands.PullRequests;
using CmlNet.Cli.Commands.Report;
using CmlNet.Cli.Commands.Repositories;
using CmlNet.Cli.Commands.Run;
using CmlNet.Cli.Commands.Runners;
using CmlNet.Cli.Commands.Schema;
using CmlNet.Cli.Commands.Tensorboard;
using CmlNet.Cli.Commands.Workflows;
using CmlNet.Cli.Compatibility;
using CheckCommand = CmlNet.Cli.Commands.Checks.CheckCommand;

namespace CmlNet.Cli;

/// <summary>Every command, one line each.</summary>
internal static class CommandTree
{
    private static readonly Entry[] Commands =
    [
        new("run", RunCommand.Build),
        new("comment", CommentCommand.Build),
        new("send-comment", SendCommentCommand.Build),
        new("asset", AssetCommand.Build),
        new("publish", PublishCommand.BuildLegacy),
        new("check", CheckCommand.Build),
        new("send-github-check", CheckCommand.BuildLegacy),
        new("doctor", DoctorCommand.Build),
        new("pr", PrCommand.Build),
        new("repo", RepoCommand.Build),
        new("ci", RepoCommand.BuildShort),
        new("rerun-workflow", RerunCommand.BuildLegacy),
        new("runner", RunnerCommand.Build),
        new("tensorboard", TensorboardCommand.Build),
        new("tensorboard-dev", TensorboardCommand.BuildLegacy),
        new("report", ReportCommand.Build),
        new("gate", GateCommand.Build),
        new("metrics", MetricsCommand.Build),
        new("params", ParamsCommand.Build),
        new("plot", PlotCommand.Build),
        new("plots", PlotsCommand.Build),
        new("dvc", DvcCommand.Build),
        new("schema", SchemaCommand.Build),
        new("workflow", WorkflowCommand.Build),
    ];

    /// <summary>With every command.</summary>
    public static RootCommand Build(CliHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var root = new RootCommand("Continuous machine learning: run workflows, report on models, publish to pull requests.");
        foreach (Entry command in Commands)
            root.Subcommands.Add(command.Build(host));
        return root;
    }

    /// <summary>Arguments read, those of CML's commands by its rules.</summary>
    /// <exception cref="CliException">A flag's value is neither true nor false.</exception>
    public static ParseResult Parse(CliHost host, string[] args)
    {
        (host, args) = DvcArguments.InFolder(host, YargsArguments.CommandFirst(args));
        if (args.Length > 0 && Array.Find(Commands, command => command.Name == args[0]) is { } named)
        {
            // Making all commands, or the option for help, which looks up its text, takes longer than most commands run.
            Command lean = MayAskForHelp(args) ? new RootCommand() : new Command("cml");
            lean.Subcommands.Add(named.Name == DvcCommand.Name ? DvcCommand.Build(host, args) : named.Build(host));
            ParseResult parsed = Parse(lean, args);
            if (lean is RootCommand || parsed.Errors.Count == 0)
                return parsed;
        }

        // What is wrong with the arguments is told with all that there is.
        return Parse(Build(host), args);
    }

    // '@file' is an argument like any other.
    private static ParseResult Parse(Command root, string[] args) =>
        root.Parse(DvcArguments.Rewrite(root, YargsArguments.Rewrite(root, args)), new ParserConfiguration { ResponseFileTokenReplacer = null });

    // -h also among other letters: -Ah.
    private static bool MayAskForHelp(string[] args) =>
        Array.Exists(args, argument => argument.StartsWith("--help", StringComparison.Ordinal) || (argument is ['-' or '/', not '-', ..] && argument.AsSpan().ContainsAny('h', '?')));

    private sealed record Entry(string Name, Func<CliHost, Command> Build);
}
