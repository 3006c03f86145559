using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions;

/// <summary><c>iterative/setup-cml</c>: nothing to install, as <c>cml</c> is on every job's PATH under all its names.</summary>
internal sealed class SetupCmlAction : IBuiltInAction
{
    public string Name => "iterative/setup-cml";

    public IReadOnlyList<BuiltInInput> Inputs { get; } =
    [
        new("version") { Default = "latest", Idle = "cml is the program that runs this workflow" },
        new("vega") { Idle = "cml draws charts itself" },
        new("sudo") { Idle = "nothing is installed" },
        new("force") { Idle = "nothing is installed" },
    ];

    public Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        _ = new ActionInputs(invocation, this);
        if (invocation.Run.Cml is null)
            throw new StepFailedException("cml is not mounted into this job, as this process is not the published single file; run it from there.");
        invocation.Log.Write("cml is already on PATH.");
        return Task.FromResult(0);
    }
}
