using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Tools;

/// <summary><c>iterative/setup-dvc</c>: nothing to install when the image has <c>dvc</c> in the version asked for.</summary>
internal sealed class SetupDvcAction : IBuiltInAction
{
    public string Name => "iterative/setup-dvc";

    public IReadOnlyList<BuiltInInput> Inputs { get; } = [new("version")];

    public async Task<int> RunAsync(StepInvocation invocation, CancellationToken cancellationToken)
    {
        string wanted = new ActionInputs(invocation, this)["version"];
        (int exitCode, string found, _) = await JobCommand.AskAsync(invocation, ["sh", "-c", "command -v dvc >/dev/null && dvc --version"], cancellationToken);
        const string Alternatives = "use an image that has it (container: or --image), or install it in a step before: pip install dvc";
        if (exitCode != 0)
            throw new StepFailedException($"dvc is not in this job's image, and cml run does not install it: {Alternatives}.");
        if (wanted is not ("" or "latest") && wanted.TrimStart('v') != found)
            throw new StepFailedException($"This job's image has dvc {found}, not the {wanted} asked for: {Alternatives}=={wanted}.");
        invocation.Log.Write($"dvc {found} is in the image.");
        return 0;
    }
}
