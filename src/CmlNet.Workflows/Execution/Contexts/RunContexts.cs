using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution.Contexts;

/// <summary>The contexts every job of a run starts with: github, inputs, vars, secrets.</summary>
internal static class RunContexts
{
    public static ContextSet Of(RunRequest request, RunInput input) => new()
    {
        GitHub = input.GitHub,
        Inputs = Object(request.Inputs),
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
