using CmlNet.Workflows.Execution.Commands;
using CmlNet.Workflows.Execution.Progress;

namespace CmlNet.Workflows.Execution.Steps;

/// <summary>Where a step's workflow commands take effect: its outputs, its job's environment and annotations.</summary>
internal sealed class StepCommandSink(StepInvocation invocation) : ICommandSink
{
    public void Annotate(Annotation annotation)
    {
        invocation.State.Annotations.Add(annotation);
        invocation.Run.Observer.On(new JobAnnotated(invocation.State.Spec.Name, annotation));
    }

    public void Store(CommandStore store, string name, string value)
    {
        switch (store)
        {
            case CommandStore.Output:
                invocation.Outputs.Set(name, value);
                break;
            case CommandStore.Environment:
                invocation.State.Environment[name] = value;
                break;
            case CommandStore.Path:
                invocation.State.AddPath(value);
                break;
            case CommandStore.State:
                invocation.SavedState[name] = value;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(store), store, "Unknown store");
        }
    }

    public string? ChangeMatchers(MatcherChange change) => invocation.State.Matchers.Change(change);

    public void Fail(string message) => invocation.Errors.Add(message);
}
