using System.Collections.Frozen;
using CmlNet.Containers.Docker;
using CmlNet.Containers.Process;

namespace CmlNet.Containers;

/// <summary>The engines there are. A new one is a folder and one line here.</summary>
public static class ContainerServices
{
    private static readonly FrozenDictionary<string, EngineRegistration> Engines = Index(
    [
        new(DockerEngine.EngineName, context => new DockerEngine(context)),
        new(ProcessEngine.EngineName, context => new ProcessEngine(context)),
    ]);

    /// <summary>Names a user can give to <c>--engine</c> (<c>auto</c> is the command line's own).</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Engines.Keys.Order(StringComparer.Ordinal)];

    /// <summary>
    /// The engine of that name. Nothing is contacted yet. Throws <see cref="EngineException"/>
    /// (<see cref="EngineErrorKind.Refused"/>), listing the known names, for any other.
    /// </summary>
    public static IContainerEngine Resolve(string name, EngineContext context)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(context);
        return Engines.TryGetValue(name, out var registration)
            ? registration.Create(context)
            : throw new EngineException(EngineErrorKind.Refused, $"There is no container engine named '{name}'. Known engines: {string.Join(", ", Names)}.");
    }

    internal static FrozenDictionary<string, EngineRegistration> Index(IReadOnlyList<EngineRegistration> registrations)
    {
        var duplicate = registrations.GroupBy(r => r.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        return duplicate is null
            ? registrations.ToFrozenDictionary(r => r.Name, StringComparer.Ordinal)
            : throw new InvalidOperationException(
                $"Two container engines are registered as '{duplicate.Key}'. Registered: {string.Join(", ", registrations.Select(r => r.Name))}.");
    }
}
