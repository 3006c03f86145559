using CmlNet.Reports.Charts;

namespace CmlNet.Reports.Tests.Charts;

/// <summary>One picture of the gallery.</summary>
internal sealed record GalleryCase(string Name, string Caption, ChartData Data);
