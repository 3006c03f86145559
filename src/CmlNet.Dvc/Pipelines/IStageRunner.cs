using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Pipelines;

/// <summary>Where stages run: a shell of this machine, or a container.</summary>
public interface IStageRunner
{
    /// <summary>Runs a stage's commands to the first that fails.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="project">Its project.</param>
    /// <param name="announce">Told each command before it runs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code; 0 when all succeeded.</returns>
    Task<int> RunAsync(Stage stage, DvcProject project, Action<string> announce, CancellationToken cancellationToken);
}
