using System.CommandLine;
using System.Text;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Project;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary><c>dvc queue logs</c>: what an experiment said so far, and with <c>--follow</c> what it says until it ends.</summary>
internal static class QueueLogsCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static Command Build(CliHost host)
    {
        var task = new Argument<string>("TASK") { Description = "Name or id." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until it ends." };
        var encoding = new Option<string?>("--encoding", "-e") { Description = "Of what it printed; logs are UTF-8.", HelpName = "NAME" };
        var command = new Command("logs", "Print what an experiment said.") { task, follow, encoding };
        command.SetProjectAction(host, async (parsed, project, cancellationToken) =>
        {
            if (parsed.GetValue(encoding) is { } other && !other.Replace("-", "", StringComparison.Ordinal).Equals("utf8", StringComparison.OrdinalIgnoreCase))
                throw new DvcException($"--encoding {other}: logs are kept as UTF-8, whatever the commands printed", DvcException.Usage);
            using var queue = new ExperimentQueue(project);
            QueueEntry entry = queue.Find(parsed.GetRequiredValue(task));
            long read = 0;
            bool isFollowed = parsed.GetValue(follow);
            while (true)
            {
                // Its state first: what it says before it has ended is then read.
                entry = queue.Entries().FirstOrDefault(one => one.Id == entry.Id) ?? entry with { State = QueueStates.Failed };
                read = Print(host, queue.LogOf(entry.Id), read);
                if (!isFollowed || entry.State is not (QueueStates.Queued or QueueStates.Running))
                    break;
                await Task.Delay(Pause, host.Time, cancellationToken);
            }

            host.Out.Write(entry.Error.Length > 0 ? $"ERROR: {entry.Error}\n" : "");
            return ExitCodes.Success;
        }, isLocked: false);
        return command;
    }

    // Up to the last whole line; where the file is shorter than before, it is a new one.
    private static long Print(CliHost host, string log, long from)
    {
        if (!File.Exists(log))
            return 0;
        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        from = from > file.Length ? 0 : from;
        file.Position = from;
        byte[] content = new byte[file.Length - from];
        content = content[..file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)];
        int end = Array.LastIndexOf(content, (byte)'\n') + 1;
        host.Out.Write(Encoding.UTF8.GetString(content, 0, end));
        host.Out.Flush();
        return from + end;
    }
}
