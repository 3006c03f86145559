namespace CmlNet.Workflows.Execution.Steps;

/// <summary>Outputs a step has set so far; names ignore case, the last value wins.</summary>
internal sealed class StepOutputs
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyDictionary<string, string> Values => _values;

    public void Set(string name, string value) => _values[name] = value;
}
