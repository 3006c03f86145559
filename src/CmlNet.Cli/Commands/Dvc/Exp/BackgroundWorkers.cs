using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary>Workers in a process that goes on when the command that started it, and its terminal, have ended: <c>dvc exp queue-worker</c>, the name DVC has for it.</summary>
internal static class BackgroundWorkers
{
    private const string Name = "queue-worker";
    private const int LongestLog = 1 << 20;

    // Nothing to read, and a log for what goes wrong, from the first moment on. Its output tells how many workers there are.
    private const string Script = "exec \"$@\" </dev/null 2>>\"$0\"";

    /// <summary>The command of the process.</summary>
    public static Command Build(CliHost host)
    {
        Option<int> jobs = QueueCommand.Jobs();
        Option<int?> gpus = QueueCommand.Gpus();
        var command = new Command(Name, "Work on the queue, for dvc queue start.") { jobs, gpus };
        command.Hidden = true;
        command.SetProjectAction(host, async (parsed, project, cancellationToken) =>
        {
            OwnSession.Begin();
            // It has no terminal, and nobody reads what it prints once it has said how many there are.
            CliHost own = host with { Out = host.Error, IsTerminal = false };
            await new QueueWorkers(own, project, null, new ReproOptions()).WorkAsync(parsed.GetValue(jobs), parsed.GetValue(gpus), begun => Say(host, begun), cancellationToken);
            return ExitCodes.Success;
        }, isLocked: false);
        return command;
    }

    /// <summary>Starts the process, if workers are missing, and returns when they have begun.</summary>
    /// <param name="host">Surroundings.</param>
    /// <param name="project">The user's project.</param>
    /// <param name="workers">Experiments at once, in all.</param>
    /// <param name="gpus">For each experiment; null for as many as there are for each worker.</param>
    /// <param name="cancellationToken">Stops waiting for them.</param>
    /// <exception cref="DvcException">They cannot be started.</exception>
    public static async Task<int> StartAsync(CliHost host, DvcProject project, int workers, int? gpus, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
            throw new DvcException("workers in the background are started through a Unix shell; here, use: dvc queue start --wait", DvcException.Usage);
        // What is wrong with the options is said here rather than in the log.
        await QueueGpus.ReadAsync(gpus, workers, host, cancellationToken);
        string log = PrepareLog(project);
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, log, .. Program(), "exp", Name, "--jobs", workers.ToString(CultureInfo.InvariantCulture), .. gpus is { } each ? (string[])["--gpus", each.ToString(CultureInfo.InvariantCulture)] : []])
        {
            WorkingDirectory = project.Root, UseShellExecute = false, RedirectStandardOutput = true,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in host.Environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!; // only null when a process is reused
        if (!int.TryParse(await process.StandardOutput.ReadLineAsync(cancellationToken), NumberStyles.None, CultureInfo.InvariantCulture, out int begun))
            throw new DvcException($"the workers could not be started: {LastLine(log)} ({log})");
        host.Out.Write($"Started '{begun}' new experiments task queue worker{(begun > 1 ? "s" : "")}.\n");
        return ExitCodes.Success;
    }

    private static void Say(CliHost host, int begun)
    {
        host.Out.Write($"{begun}\n");
        host.Out.Flush();
        OwnSession.JoinOutputToError();
        if (begun > 0)
            host.Error.WriteLine($"Process {Environment.ProcessId} has {begun} worker{(begun > 1 ? "s" : "")}.");
    }

    private static string PrepareLog(DvcProject project)
    {
        string log = ExperimentQueue.WorkersLogOf(project);
        using var queue = new ExperimentQueue(project);
        var file = new FileInfo(log);
        // A repository may hold a link in its place.
        if (file.LinkTarget is not null || (file.Exists && file.Length > LongestLog && queue.CountWorkers() == 0))
            file.Delete();
        return log;
    }

    // A copy of the binary that is named dvc has DVC's commands at the top.
    private static IEnumerable<string> Program()
    {
        string beside = Path.Combine(AppContext.BaseDirectory, "cml"), own = SingleFile.Path ?? (File.Exists(beside) ? beside : throw new DvcException("workers in the background need the cml binary; use: dvc queue start --wait"));
        return Path.GetFileNameWithoutExtension(own) == DvcCommand.Name ? [own] : [own, DvcCommand.Name];
    }

    private static string LastLine(string log) => File.Exists(log) ? File.ReadLines(log).LastOrDefault(line => line.Trim().Length > 0) ?? "they said nothing" : "they said nothing";
}
