namespace CmlNet.Workflows.Actions;

/// <summary>The variables by which a process of an action gets its inputs and what its earlier parts saved.</summary>
internal static class ActionVariables
{
    public static void Add(Dictionary<string, string> environment, IReadOnlyDictionary<string, string> inputs, IReadOnlyDictionary<string, string> saved)
    {
        foreach ((string name, string value) in inputs)
            environment["INPUT_" + name.Replace(' ', '_').ToUpperInvariant()] = value;
        foreach ((string name, string value) in saved)
            environment["STATE_" + name] = value;
    }
}
