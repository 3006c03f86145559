using CmlNet.Cli.Commands.Run.Progress;
using CmlNet.Workflows.Execution.Progress;
using Spectre.Console;

namespace CmlNet.Cli.Tests.Commands.Run.Progress;

public sealed class LiveProgressTests
{
    [Fact]
    public async Task Dispose_AfterAFailedStep_HasDrawnItsOutcomeAndLastLines()
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });

        // No job runs at first and at last: there is nothing to draw then.
        await using (var live = new LiveProgress(console, TimeProvider.System))
        {
            live.On(new RunStarted("Train [1]", "train.yml", "push", "/tmp/run", 1));
            live.On(new JobStarted("train", "python:3"));
            live.On(new StepStarted("train", 1, "fit\u001b]0;title\u0007"));
            live.On(new StepOutput("train", 1, "\u001b[2Jlast words"));
            live.On(new StepFinished("train", 1, "fit\u001b]0;title\u0007", "failure", "failure", 3, 1500));
            live.On(new JobFinished("train", "failure", 2000));
        }

        string drawn = text.ToString();
        Assert.Contains("Train [1] on push", drawn, StringComparison.Ordinal);
        Assert.Contains("✗ train › fit 1.5 s", drawn, StringComparison.Ordinal);
        Assert.Contains("last words", drawn, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', drawn);
    }
}
