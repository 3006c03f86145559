using System.CommandLine;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Daemon;

namespace CmlNet.Cli.Commands.Runners;

/// <summary><c>cml runner doctor</c>: whether this machine can do what a configuration wants.</summary>
internal static class RunnerDoctorCommand
{
    public static Command Build(CliHost host)
    {
        Option<string> config = RunnerOptions.Config();
        var command = new Command("doctor", "Check engine, GPUs, images, disk, credentials and clock, and say what to do.") { config };
        command.SetAction((parsed, token) => RunnerFailure.GuardAsync(async () =>
        {
            RunnerConfiguration configuration = RunnerOptions.Read(host, parsed.GetValue(config)!); // it has a default
            var doctor = new RunnerDoctor(configuration, new DaemonSurroundings { Time = host.Time, Variable = name => host.Environment.GetValueOrDefault(name), Version = CmlVersion.Text });
            IReadOnlyList<DoctorFinding> findings = await doctor.ExamineAsync(token);
            foreach (DoctorFinding finding in findings)
                await host.Out.WriteLineAsync($"{(finding.IsUnknown ? "?   " : finding.IsGood ? "ok  " : "FAIL")} {finding.Name}: {finding.Text}");
            return findings.All(finding => finding.IsGood || finding.IsUnknown) ? ExitCodes.Success : ExitCodes.Failure;
        }));
        return command;
    }
}
