namespace CmlNet.Containers;

/// <summary>A workflow's <c>container.options</c> cannot be used. The message names the flag and what was expected.</summary>
public sealed class ContainerOptionsException(string message) : Exception(message);
