using System.CommandLine;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;
using CmlNet.Dvc.Stages;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>dvc repro</c>.</summary>
internal static class ReproCommand
{
    public static Command Build(CliHost host)
    {
        var selection = new ReproSelection();
        var settings = new ReproSettings();
        var command = new Command("repro", "Run the stages that are out of date.");
        selection.AddTo(command);
        settings.AddTo(command);
        command.SetProjectAction(host, async (parsed, project, cancellationToken) =>
        {
            using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            await using var stores = new RemoteStores(project, client);
            ReproOptions options = settings.Read(parsed, project, stores);
            var index = ProjectIndex.Read(project);
            var graph = new StageGraph(index.Stages);
            IReadOnlyList<Stage> stages = selection.Read(parsed, host, project).Select(index, graph);
            bool isQuiet = parsed.GetValue(settings.Quiet);
            Lock output = new();
            void Say(string line)
            {
                lock (output)
                {
                    if (!isQuiet)
                        host.Out.Write(line + "\n");
                }
            }

            using var run = new Reproduction(project, settings.Runner(parsed, host), options, Say);
            try
            {
                await run.RunAsync(stages, graph, cancellationToken);
            }
            finally
            {
                GitHint.Write(host, project, GitHint.Changed(project, [.. run.Outcomes.Where(IsDone).SelectMany(item => Written(item.Key))]), isQuiet);
            }

            bool anyDone = run.Outcomes.Any(IsDone);
            Say(stages.Count == 0 ? "There are no data or pipelines tracked in this project yet.\nSee <https://dvc.org/doc/start> to get started!" : anyDone ? "Use `dvc push` to send your updates to remote storage." : "Data and pipelines are up to date.");
            return ExitCodes.Success;
        }, isLocked: false);
        return command;
    }

    private static bool IsDone(KeyValuePair<Stage, StageOutcome> item) => item.Value is StageOutcome.Ran or StageOutcome.Restored;

    private static IEnumerable<string> Written(Stage stage) =>
        [stage.Name is null ? stage.File : Path.ChangeExtension(stage.File, ".lock"), .. stage.Outputs.Where(output => output.IsCached).Select(output => RelativePath.Join(RelativePath.Folder(output.Path), ".gitignore"))];
}
