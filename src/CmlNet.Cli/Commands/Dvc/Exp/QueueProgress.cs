using System.Globalization;
using CmlNet.Dvc.Experiments;
using CmlNet.Reports.Tables;
using Spectre.Console;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary>On a terminal, a table of the queue that is drawn anew as it changes; elsewhere, a line for each experiment that ended.</summary>
internal sealed class QueueProgress : IAsyncDisposable
{
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(500);
    private const int LongestLine = 60;

    private readonly CliHost _host;
    private readonly ExperimentQueue _queue;
    private readonly IAnsiConsole? _console;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _last = new(StringComparer.Ordinal);
    private readonly Queue<string> _said = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _drawing;

    public QueueProgress(CliHost host, ExperimentQueue queue, IAnsiConsole? console)
    {
        (_host, _queue, _console) = (host, queue, console);
        _drawing = console is null ? Task.CompletedTask : DrawAsync(console, _stop.Token);
    }

    public static QueueProgress Create(CliHost host, ExperimentQueue queue) =>
        new(host, queue, host.IsTerminal ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(host.Out is QuietableWriter quietable ? quietable.Inner : host.Out) }) : null);

    /// <summary>What an experiment printed last is shown beside it.</summary>
    public void Tell(QueueEntry entry, string line)
    {
        if (line.AsSpan().Trim().IsEmpty)
            return;
        lock (_gate)
            _last[entry.Id] = string.Concat(line.Where(c => !char.IsControl(c)));
    }

    /// <summary>A line that stays.</summary>
    public void Say(string line)
    {
        lock (_gate)
        {
            if (_console is null)
                _host.Out.Write(line + "\n");
            else
                _said.Enqueue(line);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _drawing;
        _stop.Dispose();
    }

    private async Task DrawAsync(IAnsiConsole console, CancellationToken cancellationToken)
    {
        int drawn = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            drawn = Draw(console, drawn, _queue.Entries());
            await Task.Delay(FrameTime, _host.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Draw(console, drawn, _queue.Entries());
    }

    // Lines that stay go where the table was, the table again below.
    private int Draw(IAnsiConsole console, int drawn, IReadOnlyList<QueueEntry> entries)
    {
        if (drawn > 0)
            console.Write(new ControlCode($"\u001b[{drawn}F\u001b[J"));
        List<string> said;
        lock (_gate)
        {
            said = [.. _said];
            _said.Clear();
        }

        foreach (string line in said)
            console.WriteLine(line);
        if (!console.Profile.Capabilities.Ansi)
            return 0;
        int width = Math.Max(20, console.Profile.Width - 1);
        string[] lines = [.. Table(entries).TrimEnd('\n').Split('\n').Select(line => line.Length > width ? line[..width] : line)];
        foreach (string line in lines)
            console.WriteLine(line);
        return lines.Length;
    }

    private string Table(IReadOnlyList<QueueEntry> entries)
    {
        long now = _host.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var rows = new List<IReadOnlyList<string>>();
        lock (_gate)
        {
            foreach (QueueEntry entry in entries)
            {
                string time = entry.Started is { } started ? TimeSpan.FromMilliseconds(Math.Max(0, (entry.Ended ?? now) - started)).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) : "";
                string last = entry.State == QueueStates.Failed ? entry.Error : entry.State == QueueStates.Running ? _last.GetValueOrDefault(entry.Id, "") : "";
                last = last.ReplaceLineEndings(" ");
                rows.Add([entry.Id[..7], entry.Name, entry.State, time, string.Join(',', entry.Gpus.Select(gpu => gpu.Length > 12 ? gpu[..12] : gpu)), last.Length > LongestLine ? last[..LongestLine] : last]);
            }
        }

        return new TextTable(["Task", "Name", "Status", "Time", "GPU", "Says"], rows).Plain();
    }
}
