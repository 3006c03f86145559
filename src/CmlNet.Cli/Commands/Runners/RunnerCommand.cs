using System.CommandLine;

namespace CmlNet.Cli.Commands.Runners;

/// <summary><c>cml runner …</c>: the daemon that takes jobs of a code host, and what talks to it.</summary>
internal static class RunnerCommand
{
    public static Command Build(CliHost host) => new("runner", "Run jobs of GitHub on this machine, each in a fresh container.")
    {
        StartCommand.Build(host),
        LaunchCommand.Build(host),
        StatusCommand.Build(host),
        ControlCommands.BuildDrain(host),
        ControlCommands.BuildResume(host),
        ControlCommands.BuildCancel(host),
        ControlCommands.BuildPrune(host),
        LogsCommand.Build(host),
        RunnerDoctorCommand.Build(host),
        ConfigCommand.Build(host),
        CollectCommand.Build(host),
    };
}
