namespace CmlNet.Reports.Charts.Drawing;

/// <summary>Everything that differs between the light and the dark picture.</summary>
internal sealed class ChartTheme
{
    public static readonly ChartTheme Light = new()
    {
        Name = "light",
        Background = "#ffffff",
        Text = "#1f2328",
        Muted = "#59636e",
        Grid = "#e3e7eb",
        Axis = "#8c959f",
        Empty = "#eaeef2",
        Series = ["#0072b2", "#d55e00", "#007a5a", "#aa4499", "#b07d00", "#3a9bd9", "#882255", "#5c6670"],
        Sequential = new ColorMap([Rgb.Parse("#f3f8fd"), Rgb.Parse("#b9d7ee"), Rgb.Parse("#5aa2d4"), Rgb.Parse("#1b6aab"), Rgb.Parse("#08306b")]),
        Diverging = new ColorMap([Rgb.Parse("#7f3300"), Rgb.Parse("#e08a3c"), Rgb.Parse("#f4f4f2"), Rgb.Parse("#5aa2d4"), Rgb.Parse("#08306b")]),
    };

    public static readonly ChartTheme Dark = new()
    {
        Name = "dark",
        Background = "#0d1117",
        Text = "#f0f6fc",
        Muted = "#9198a1",
        Grid = "#262c36",
        Axis = "#656c76",
        Empty = "#21262d",
        Series = ["#58a6ff", "#ff9b57", "#3fcf9f", "#e08bd4", "#f2cc60", "#9ad4ff", "#ff7b9c", "#b1bac4"],
        Sequential = new ColorMap([Rgb.Parse("#141b26"), Rgb.Parse("#15395f"), Rgb.Parse("#1f66a8"), Rgb.Parse("#58a6ff"), Rgb.Parse("#cae8ff")]),
        Diverging = new ColorMap([Rgb.Parse("#ffc390"), Rgb.Parse("#a85818"), Rgb.Parse("#1c2330"), Rgb.Parse("#1f66a8"), Rgb.Parse("#a8dcff")]),
    };

    /// <summary>Part of the file name: <c>light</c> or <c>dark</c>.</summary>
    public required string Name { get; init; }

    public required string Background { get; init; }

    public required string Text { get; init; }

    public required string Muted { get; init; }

    public required string Grid { get; init; }

    public required string Axis { get; init; }

    /// <summary>A cell that stands for no data at all.</summary>
    public required string Empty { get; init; }

    /// <summary>Derived from Okabe and Ito's colour-blind-safe set, darkened or lightened until each has 3:1 against the background.</summary>
    public required IReadOnlyList<string> Series { get; init; }

    public required ColorMap Sequential { get; init; }

    /// <summary>For values on both sides of 0: orange below, blue above, the middle close to the page.</summary>
    public required ColorMap Diverging { get; init; }
}
