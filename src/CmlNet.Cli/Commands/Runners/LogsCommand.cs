using System.CommandLine;
using System.Globalization;
using CmlNet.Runner.Control;

namespace CmlNet.Cli.Commands.Runners;

/// <summary><c>cml runner logs</c>: what a runner writes.</summary>
internal static class LogsCommand
{
    public static Command Build(CliHost host)
    {
        var job = new Argument<string>("job") { Description = "A runner's name, or the name or number of a running job." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until it ends." };
        var lines = new Option<int>("--lines", "-n") { Description = "How many of the last lines.", DefaultValueFactory = _ => 200 };
        lines.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < 0)
                result.AddError("--lines must be 0 or more.");
        });
        Option<string?> socket = RunnerOptions.Socket();
        var command = new Command("logs", "Show what a runner writes.") { job, follow, lines, socket };
        command.SetAction((parsed, token) => RunnerFailure.GuardAsync(async () =>
        {
            using var client = new ControlClient(RunnerOptions.FindSocket(host, parsed.GetValue(socket)));
            string path = $"/logs?name={Uri.EscapeDataString(parsed.GetValue(job)!)}&lines={parsed.GetValue(lines).ToString(CultureInfo.InvariantCulture)}&follow={(parsed.GetValue(follow) ? "true" : "false")}"; // demanded by the command
            await using var output = new WriterStream(host.Out);
            await client.CopyAsync(path, output, token);
            return ExitCodes.Success;
        }));
        return command;
    }
}
