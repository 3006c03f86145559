using CmlNet.Dvc.Pipelines;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>Where stages run.</summary>
internal static class StageRunners
{
    /// <param name="image">For every stage; null for those that name one themselves.</param>
    /// <param name="surroundings">What their commands get; null for nothing besides.</param>
    public static IStageRunner Create(string? image, StageSurroundings? surroundings = null) => new ContainerStageRunner(image, new StageShell(surroundings), surroundings ?? new StageSurroundings());
}
