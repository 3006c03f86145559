using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>Asks before a stage is run. One that is not to be run ends the reproduction.</summary>
internal sealed class ConfirmingRunner(IStageRunner inner, CliHost host) : IStageRunner
{
    private readonly Lock _asking = new();

    public Task<int> RunAsync(Stage stage, DvcProject project, Action<string> announce, CancellationToken cancellationToken)
    {
        lock (_asking)
        {
            host.Error.Write($"Going to reproduce stage '{stage.Address}'. Are you sure you want to continue? [y/n] ");
            host.Error.Flush();
            if (host.In.ReadLine()?.Trim().ToLowerInvariant() is not ("y" or "yes"))
                throw new DvcException("reproduction aborted by the user");
        }

        return inner.RunAsync(stage, project, announce, cancellationToken);
    }
}
