using CmlNet.Cli.Commands.Dvc.Exp;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using Spectre.Console;

namespace CmlNet.Cli.Tests.Commands.Dvc;

public sealed class QueueProgressTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Dispose_OnATerminal_LeavesTheTableAsItIsAtTheEnd()
    {
        _folder.Commit("baseline");
        string head = _folder.Git("rev-parse", "HEAD").Trim();
        using var queue = new ExperimentQueue(DvcProject.Open(_folder.Root, _folder.Environment, TimeProvider.System));
        queue.Add("first", head, head, StageSelection.Everything);
        queue.Add("second", head, head, StageSelection.Everything);
        using var text = new StringWriter();
        var host = new CliHost { Out = text, Error = text, In = TextReader.Null, Environment = _folder.Environment, WorkingDirectory = _folder.Root, Time = TimeProvider.System, IsTerminal = true };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 120;
        await using (var progress = new QueueProgress(host, queue, console))
        {
            (QueueEntry entry, IDisposable hold) = queue.Take()!.Value; // two wait
            using (hold)
            {
                progress.Tell(entry, "epoch 3\u001b[31m of 9");
                queue.Finish(entry, "it fell over");
                progress.Say("Failed experiment: first");
            }
        }

        string last = text.ToString().Split("\u001b[J")[^1].ReplaceLineEndings("\n");
        Assert.StartsWith("Failed experiment: first\nTask", last, StringComparison.Ordinal);
        Assert.Matches("(?m)^[0-9a-f]{7} +first +Failed +0:00:00 +it fell over", last);
        Assert.Matches("(?m)^[0-9a-f]{7} +second +Queued", last);
    }
}
