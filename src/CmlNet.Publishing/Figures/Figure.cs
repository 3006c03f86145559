using System.Runtime.InteropServices;

namespace CmlNet.Publishing.Figures;

/// <summary>What a picture shows, as numbers. One of the lists is filled.</summary>
internal sealed record Figure
{
    /// <summary>One sentence; empty where nothing tells.</summary>
    public string Title { get; init; } = "";

    public IReadOnlyList<FigureSeries> Series { get; init; } = [];

    public IReadOnlyList<FigureBar> Bars { get; init; } = [];

    public IReadOnlyList<FigureCell> Cells { get; init; } = [];

    public bool IsEmpty => Series.Count == 0 && Bars.Count == 0 && Cells.Count == 0;
}

/// <summary>Numbers in an order, drawn as a line or, without one, as points.</summary>
internal sealed record FigureSeries(string Name, IReadOnlyList<FigurePoint> Points)
{
    public bool IsLine { get; init; } = true;
}

[StructLayout(LayoutKind.Auto)]
internal readonly record struct FigurePoint(double X, double Y);

/// <summary>A number with a name.</summary>
internal sealed record FigureBar(string Name, double Value);

/// <summary>A number of a matrix.</summary>
internal sealed record FigureCell(string Row, string Column, double Value);
