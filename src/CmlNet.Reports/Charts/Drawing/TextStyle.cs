namespace CmlNet.Reports.Charts.Drawing;

/// <summary>How a label is set.</summary>
/// <param name="Size">Pixels.</param>
/// <param name="Fill">A colour.</param>
/// <param name="Anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
/// <param name="Bold">Set in the bold face.</param>
/// <param name="Rotation">Degrees clockwise around the anchor point.</param>
internal sealed record TextStyle(double Size, string Fill, string Anchor = "start", bool Bold = false, double Rotation = 0);
