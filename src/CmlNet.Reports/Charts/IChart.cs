using CmlNet.Reports.Charts.Drawing;

namespace CmlNet.Reports.Charts;

/// <summary>Draws one kind of <see cref="ChartData"/>. To add a chart: a folder here, this interface, one line in <see cref="ReportServices"/>.</summary>
internal interface IChart
{
    /// <summary>Lower case, unique, equal to <see cref="ChartData.Kind"/> of the data it draws.</summary>
    string Name { get; }

    /// <summary>The picture in one or two sentences with the numbers that matter: alternative text for those who do not see it.</summary>
    /// <exception cref="ArgumentException">The data is of another kind.</exception>
    string Describe(ChartData data);

    /// <summary>A whole SVG document; equal data gives equal bytes. Data without anything to draw gives a picture that says so.</summary>
    /// <exception cref="ArgumentException">The data is of another kind.</exception>
    string Render(ChartData data, ChartTheme theme);
}
