using System.Runtime.InteropServices;

namespace CmlNet.Reports.Charts.Drawing;

/// <summary>A point, in data units or in pixels.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlotPoint(double X, double Y);
