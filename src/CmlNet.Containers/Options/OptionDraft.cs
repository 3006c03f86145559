namespace CmlNet.Containers.Options;

/// <summary>The options so far. A health check is spread over several flags and so gathered here.</summary>
internal sealed record OptionDraft(ContainerOptions Options)
{
    public OptionDraft With(ContainerOptions options) => this with { Options = options };

    public OptionDraft WithHealth(Func<HealthCheck, HealthCheck> change) =>
        With(Options with { HealthCheck = change(Options.HealthCheck ?? new HealthCheck()) });

    public static IReadOnlyDictionary<string, string> Add(IReadOnlyDictionary<string, string> map, (string Name, string Value) pair) =>
        new Dictionary<string, string>(map, StringComparer.Ordinal) { [pair.Name] = pair.Value };
}
