using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions;

/// <summary>An action done by us, without downloading anything. Resolved by <see cref="Name"/>; any version is accepted.</summary>
internal interface IBuiltInAction : IStepBody
{
    /// <summary><c>owner/repo[/path]</c>, without <c>@ref</c>.</summary>
    string Name { get; }

    /// <summary>All that the real action has, in any of its versions.</summary>
    IReadOnlyList<BuiltInInput> Inputs { get; }
}
