namespace CmlNet.Runner.Jobs;

/// <summary>Stages of a job, in the only order they can have: what is behind the stage reached is ignored.</summary>
internal enum JobStage
{
    Available,
    Assigned,
    Started,
    Completed,
}
