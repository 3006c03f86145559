namespace CmlNet.Reports.Charts.Graph;

/// <summary>A box.</summary>
/// <param name="Name">First line.</param>
/// <param name="Note">Second line; none when empty.</param>
/// <param name="Color">Place in the theme's colours; null for a box that does not stand out.</param>
public sealed record GraphNode(string Name, string Note, int? Color = null);
