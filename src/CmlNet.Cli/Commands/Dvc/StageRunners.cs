using CmlNet.Dvc.Pipelines;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>Where stages run.</summary>
internal static class StageRunners
{
    /// <param name="image">For every stage; null for those that name one themselves.</param>
    /// <param name="host">Surroundings.</param>
    public static IStageRunner Create(string? image, CliHost host) => new ContainerStageRunner(image, new StageShell(), host);
}
