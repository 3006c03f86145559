using System.CommandLine;
using CmlNet.Runner.Control;

namespace CmlNet.Cli.Commands.Runners;

/// <summary>The commands that tell a running daemon something and print its answer.</summary>
internal static class ControlCommands
{
    public static Command BuildDrain(CliHost host) => BuildPool(host, "drain", "Take no more jobs; running ones finish.");

    public static Command BuildResume(CliHost host) => BuildPool(host, "resume", "Take jobs again.");

    public static Command BuildCancel(CliHost host)
    {
        var job = new Argument<string>("job") { Description = "A runner's name, or the name or number of a running job." };
        Option<string?> socket = RunnerOptions.Socket();
        var command = new Command("cancel", "Stop a runner; its job is reported as cancelled.") { job, socket };
        command.SetAction((parsed, token) => PostAsync(host, parsed.GetValue(socket), $"/cancel?name={Uri.EscapeDataString(parsed.GetValue(job)!)}", token)); // demanded by the command
        return command;
    }

    public static Command BuildPrune(CliHost host)
    {
        Option<string?> socket = RunnerOptions.Socket();
        var command = new Command("prune", "Remove images and volumes without a name that nothing uses from the engine.") { socket };
        command.SetAction((parsed, token) => PostAsync(host, parsed.GetValue(socket), "/prune", token));
        return command;
    }

    private static Command BuildPool(CliHost host, string name, string description)
    {
        var pool = new Argument<string?>("pool") { Description = "One pool (default: all).", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> socket = RunnerOptions.Socket();
        var command = new Command(name, description) { pool, socket };
        command.SetAction((parsed, token) => PostAsync(host, parsed.GetValue(socket), parsed.GetValue(pool) is { } chosen ? $"/{name}?pool={Uri.EscapeDataString(chosen)}" : $"/{name}", token));
        return command;
    }

    private static Task<int> PostAsync(CliHost host, string? socket, string path, CancellationToken cancellationToken) => RunnerFailure.GuardAsync(async () =>
    {
        using var client = new ControlClient(RunnerOptions.FindSocket(host, socket));
        await host.Out.WriteLineAsync(await client.PostAsync(path, cancellationToken));
        return ExitCodes.Success;
    });
}
