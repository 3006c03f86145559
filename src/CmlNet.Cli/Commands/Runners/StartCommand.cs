using System.CommandLine;
using System.Runtime.InteropServices;
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
        var command = new Command("start", "Take jobs and run each in a fresh container. The first SIGTERM lets running jobs finish, the second cancels them.") { config };
        command.SetAction((parsed, _) => RunnerFailure.GuardAsync(() => RunAsync(host, RunnerOptions.Read(host, parsed.GetValue(config)!)))); // it has a default
        return command;
    }

    public static async Task<int> RunAsync(CliHost host, RunnerConfiguration configuration, Action<DaemonEvent>? onEvent = null, Action<string>? onEnd = null)
    {
        using ILoggerFactory loggers = StageLogging.Create(host);
        string signal = "SIGTERM";
        using var drain = new CancellationTokenSource();
        using var cancel = new CancellationTokenSource();
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        using PosixSignalRegistration quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Handle);
        var daemon = new RunnerDaemon(configuration, new DaemonSurroundings
        {
            Time = host.Time,
            Loggers = loggers,
            Variable = name => host.Environment.GetValueOrDefault(name),
            OwnProgram = OwnProgram.Place(SingleFile.Path, configuration.DataDirectory, OwnProgram.IsInContainer),
            Version = CmlVersion.Text,
            OnEvent = onEvent,
        });
        string reason = await daemon.RunAsync(drain.Token, cancel.Token);
        onEnd?.Invoke(reason == RunnerDaemon.ToldToEnd ? signal : reason);
        if (reason != RunnerDaemon.ToldToEnd && !reason.StartsWith(PreemptionWatch.Prefix, StringComparison.Ordinal) && configuration.Idle.Command.Count > 0)
            await IdleCommand.RunAsync(configuration.Idle.Command, loggers);
        return ExitCodes.Success;

        void Handle(PosixSignalContext context)
        {
            context.Cancel = true;
            signal = context.Signal.ToString();
            if (drain.IsCancellationRequested)
                cancel.Cancel();
            else
                drain.Cancel();
        }
    }
}
