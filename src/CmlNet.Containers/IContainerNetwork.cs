namespace CmlNet.Containers;

/// <summary>A network that exists as long as this object; disposing removes it.</summary>
public interface IContainerNetwork : IAsyncDisposable
{
    string Id { get; }

    string Name { get; }
}
