using CmlNet.Containers;
using CmlNet.Workflows.Execution.Progress;
using CmlNet.Workflows.Execution.Specs;

namespace CmlNet.Workflows.Execution;

/// <summary>Hands an image pull's progress on as run events.</summary>
internal sealed class PullProgress(RunContext run, JobSpec spec) : IProgress<ImageProgress>
{
    public void Report(ImageProgress value) =>
        run.Observer.On(new ImagePulling(spec.Name, value.Reference, value.Status, value.CurrentBytes, value.TotalBytes));
}
