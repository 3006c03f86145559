using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Project;

/// <summary>An output that a command is about.</summary>
/// <param name="Stage">What makes it.</param>
/// <param name="Output">The output.</param>
/// <param name="Part">The part of it that is meant, relative to it; "" for the whole.</param>
public sealed record SelectedOutput(Stage Stage, Output Output, string Part);
