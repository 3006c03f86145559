using System.CommandLine;
using CmlNet.Cli.Commands.Dvc.Exp;
using CmlNet.Cli.Commands.Metrics;
using CmlNet.Cli.Commands.Params;
using CmlNet.Cli.Commands.Plots;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>cml dvc</c>: DVC's commands by their own names. A link to the binary named <c>dvc</c> has them at the top.</summary>
internal static class DvcCommand
{
    public const string Name = "dvc";

    private static readonly (string Name, Func<CliHost, Command> Build)[] Commands =
    [
        ("init", InitCommand.Build),
        ("config", ConfigCommand.Build),
        ("cache", CacheCommand.Build),
        ("remote", RemoteCommand.Build),
        ("root", ProjectCommands.Root),
        ("version", ProjectCommands.Version),
        ("add", AddCommand.Build),
        ("remove", RemoveCommand.Build),
        ("move", MoveCommand.Build),
        ("commit", CommitCommand.Build),
        ("status", StatusCommand.Build),
        ("data", DataCommand.Build),
        ("diff", DiffCommand.Build),
        ("checkout", CheckoutCommand.Build),
        ("fetch", TransferCommand.Fetch),
        ("pull", TransferCommand.Pull),
        ("push", TransferCommand.Push),
        ("list", ListCommand.Build),
        ("get", GetCommand.Build),
        ("import", ImportCommand.Build),
        ("import-url", ImportCommand.BuildUrl),
        ("update", ImportCommand.BuildUpdate),
        ("gc", GcCommand.Build),
        ("check-ignore", CheckIgnoreCommand.Build),
        ("unprotect", UnprotectCommand.Build),
        ("repro", ReproCommand.Build),
        ("stage", StageCommand.Build),
        ("run", StageCommand.BuildRun),
        ("dag", DagCommand.Build),
        ("freeze", host => FreezeCommand.Build(host, freezes: true)),
        ("unfreeze", host => FreezeCommand.Build(host, freezes: false)),
        ("exp", ExpCommand.Build),
        ("queue", QueueCommand.Build),
        ("metrics", MetricsCommand.Build),
        ("params", ParamsCommand.Build),
        ("plots", PlotsCommand.Build),
    ];

    public static Command Build(CliHost host) => Build(host, []);

    /// <summary>With every command, or with the one that the arguments name: making all of them takes longer than most commands run.</summary>
    public static Command Build(CliHost host, IReadOnlyList<string> arguments)
    {
        var output = new QuietableWriter(host.Out);
        CliHost quietable = host with { Out = output };
        bool isNamed = arguments.Count > 1 && Array.Exists(Commands, command => command.Name == arguments[1]);
        var all = new Command(Name, "Data, pipelines and experiments of a DVC project.");
        foreach ((string name, Func<CliHost, Command> build) in Commands)
        {
            if (isNamed && name != arguments[1])
                continue;
            Command command = build(quietable);
            CommonOptions.Add(command, output);
            all.Add(command);
        }

        return all;
    }
}
