using System.ComponentModel;
using System.Diagnostics;
using CmlNet.Runner.Daemon;
using Microsoft.Extensions.Logging;

namespace CmlNet.Cli.Commands.Runners;

/// <summary>What the operator wants run when the daemon has nothing more to do: usually to power the machine off.</summary>
internal static class IdleCommand
{
    public static async Task RunAsync(IReadOnlyList<string> command, ILoggerFactory loggers)
    {
        ILogger logger = loggers.CreateLogger("CmlNet.Runner.Daemon");
        try
        {
            using Process? process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false });
            if (process is null)
                return;
            await process.WaitForExitAsync(CancellationToken.None);
            if (process.ExitCode != 0)
                DaemonLog.CommandFailed(logger, command[0], process.ExitCode);
        }
        catch (Win32Exception)
        {
            // 127, as a shell reports a program that is not there.
            DaemonLog.CommandFailed(logger, command[0], 127);
        }
    }
}
