using System.CommandLine;
using CmlNet.Cli.Logging;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Daemon;
using CmlNet.Runner.Daemon.Preemption;
using Microsoft.Extensions.Logging;

namespace CmlNet.Cli.Commands.Runners;

/// <summary><c>cml runner start</c>: the daemon, until it is told to end.</summary>
internal static class StartCommand
{
    public static Command Build(CliHost host)
    {
        Option<string> config = RunnerOptions.Config();
        var format = new Option<string>("--log-format") { Description = "text or json. The log goes to standard error; under systemd its lines have the journal's priorities.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Log polls and retries too." };
        var command = new Command("start", "Take jobs and run each in a fresh container. The first SIGTERM lets running jobs finish, the second cancels them.") { config, format, verbose };
        command.SetAction((parsed, _) => RunnerFailure.GuardAsync(async () =>
        {
            RunnerConfiguration configuration = RunnerOptions.Read(host, parsed.GetValue(config)!); // it has a default
            using ILoggerFactory loggers = DaemonLogging.Create(host, parsed.GetValue(format) == "json", parsed.GetValue(verbose));
            return await RunAsync(host, configuration, loggers);
        }));
        return command;
    }

    /// <param name="host">The surroundings.</param>
    /// <param name="configuration">What to do.</param>
    /// <param name="loggers">The log.</param>
    /// <param name="onEvent">Told of what happens to jobs.</param>
    /// <param name="onEnd">Told why it ended.</param>
    public static async Task<int> RunAsync(CliHost host, RunnerConfiguration configuration, ILoggerFactory loggers, Action<DaemonEvent>? onEvent = null, Action<string>? onEnd = null)
    {
        using var signals = new DaemonSignals();
        var daemon = new RunnerDaemon(configuration, Surroundings(host, loggers) with { OwnProgram = OwnProgram.Place(SingleFile.Path, configuration.DataDirectory, OwnProgram.IsInContainer), OnEvent = onEvent });
        string reason = await daemon.RunAsync(signals.Drain, signals.Cancel);
        onEnd?.Invoke(reason == RunnerDaemon.ToldToEnd ? signals.Name : reason);
        if (reason != RunnerDaemon.ToldToEnd && !reason.StartsWith(PreemptionWatch.Prefix, StringComparison.Ordinal) && configuration.Idle.Command.Count > 0)
            await IdleCommand.RunAsync(configuration.Idle.Command, loggers);
        return ExitCodes.Success;
    }

    public static DaemonSurroundings Surroundings(CliHost host, ILoggerFactory loggers) => new()
    {
        Time = host.Time,
        Loggers = loggers,
        Variable = name => host.Environment.GetValueOrDefault(name),
        Version = CmlVersion.Text,
    };
}
