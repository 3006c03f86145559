using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CmlNet.Runner.Control;

namespace CmlNet.Cli.Commands.Runners;

/// <summary><c>cml runner status</c>: pools, GPUs, runners and the last jobs of a running daemon.</summary>
internal static class StatusCommand
{
    private const int JobsShown = 10;

    public static Command Build(CliHost host)
    {
        var json = new Option<bool>("--json") { Description = "As JSON." };
        Option<string?> socket = RunnerOptions.Socket();
        var command = new Command("status", "Show how the daemon is doing.") { json, socket };
        command.SetAction((parsed, token) => RunnerFailure.GuardAsync(async () =>
        {
            using var client = new ControlClient(RunnerOptions.FindSocket(host, parsed.GetValue(socket)));
            StatusReport status = await client.StatusAsync(token);
            if (parsed.GetValue(json))
                await host.Out.WriteLineAsync(JsonSerializer.Serialize(status, ControlJson.Default.StatusReport));
            else
                await host.Out.WriteAsync(Render(status));
            return ExitCodes.Success;
        }));
        return command;
    }

    internal static string Render(StatusReport status)
    {
        var text = new System.Text.StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{status.Name}: cml {status.Version} for {status.Scope}\n");
        Table(text, ["POOL", "STATE", "IDLE", "BUSY", "STARTING", "MAX", "WAITING", ""], status.Pools.Select(pool => (string[])
            [pool.Name, pool.Condition, Number(pool.Idle), Number(pool.Busy), Number(pool.Starting), Number(pool.Max), Number(pool.Available), pool.Trouble]));
        Table(text, ["GPU", "NAME", "MEMORY", "USE", "RUNNER", ""], status.Gpus.Select(gpu => (string[])
            [Number(gpu.Index), gpu.Name, Gigabytes(gpu.MemoryBytes), gpu.Utilization is { } use ? Number((int)use) + " %" : "", gpu.Runner ?? "", gpu.Defect ?? ""]));
        Table(text, ["RUNNER", "POOL", "STATE", "FOR", "JOB"], status.Runners.Select(runner => (string[])
            [runner.Name, runner.Pool, runner.State, Duration(status.Now - runner.Since), runner.Job is null ? "" : $"{runner.Job} ({runner.Repository})"]));
        Table(text, ["JOB", "REPOSITORY", "POOL", "RESULT", "TOOK"], status.Jobs.Take(JobsShown).Select(job => (string[])
            [job.Name, job.Repository, job.Pool, job.Result.Length > 0 ? job.Result : job.Stage, job is { Started: { } started, Completed: { } completed } ? Duration(completed - started) : ""]));
        if (status.Outbox > 0)
            text.Append(CultureInfo.InvariantCulture, $"\n{status.Outbox} still to be posted\n");
        return text.ToString();
    }

    private static void Table(System.Text.StringBuilder text, string[] head, IEnumerable<string[]> rows)
    {
        string[][] all = [head, .. rows.Select(row => row.Select(Clean).ToArray())];
        if (all.Length == 1)
            return;
        text.Append('\n');
        foreach (string[] row in all)
            text.AppendLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(all.Max(other => other[i].Length)))).TrimEnd());
    }

    // A job's name comes from a workflow: it must not steer the terminal.
    private static string Clean(string text) => string.Concat(text.Where(c => !char.IsControl(c)));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Gigabytes(long bytes) => (bytes / 1e9).ToString("0.#", CultureInfo.InvariantCulture) + " GB";

    private static string Duration(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min" : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s" : $"{Math.Max(0, (int)time.TotalSeconds)} s";
}
