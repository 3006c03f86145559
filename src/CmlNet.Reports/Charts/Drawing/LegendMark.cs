namespace CmlNet.Reports.Charts.Drawing;

/// <summary>The sign in front of a name in a legend.</summary>
internal enum LegendMark
{
    Line,
    Dot,
    Block,
}
