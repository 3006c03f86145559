namespace CmlNet.Reports.Charts.Drawing;

/// <summary>One name in a legend.</summary>
/// <param name="Name">What the series is called.</param>
/// <param name="Color">Place in the theme's palette; dash and marker follow from it.</param>
/// <param name="Mark">How the series is drawn.</param>
/// <param name="IsDashed">Drawn dashed whatever its place: a baseline.</param>
internal sealed record LegendEntry(string Name, int Color, LegendMark Mark = LegendMark.Line, bool IsDashed = false);
