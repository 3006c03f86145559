namespace CmlNet.Containers;

/// <summary>Result of a container's health check.</summary>
public enum ContainerHealth
{
    /// <summary>The container has no health check.</summary>
    None,
    Starting,
    Healthy,
    Unhealthy,
}
