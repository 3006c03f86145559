using CmlNet.Workflows.Execution.Events;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Contexts;

/// <summary>The contexts every job of a run starts with: github, inputs, vars, secrets.</summary>
internal static class RunContexts
{
    public static ContextSet Of(Workflow workflow, RunRequest request, RunInput input) => new()
    {
        GitHub = input.GitHub,
        Inputs = DispatchInputs.Typed(workflow, input.EventName, request.Inputs),
        Variables = Object(request.Variables),
        Secrets = Object(request.Secrets),
    };

    private static ObjectValue Object(IReadOnlyDictionary<string, string> values)
    {
        var result = new ObjectValue();
        foreach ((string name, string value) in values)
            result.Add(name, value);
        return result;
    }
}
