namespace CmlNet.Containers;

/// <summary>An engine by name and how to make one; making it starts nothing and connects to nothing.</summary>
internal sealed record EngineRegistration(string Name, Func<EngineContext, IContainerEngine> Create);
