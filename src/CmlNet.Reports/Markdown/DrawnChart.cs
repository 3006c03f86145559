namespace CmlNet.Reports.Markdown;

/// <summary>Files of one chart: absolute paths, width in CSS pixels, alternative text.</summary>
internal sealed record DrawnChart(string Light, string Dark, string Width, string AlternativeText);
