namespace CmlNet.Testing.Docker;

/// <summary>An image by name and the packages it is made of.</summary>
public sealed record TestImage(string Name, string Packages);
