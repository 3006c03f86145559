namespace CmlNet.Reports.Plots;

/// <summary>Names a user may ask a picture by: our kinds, and DVC's templates.</summary>
public static class PlotKinds
{
    /// <summary>Each of DVC's nine built-in templates.</summary>
    public static IReadOnlyList<string> Templates { get; } =
        ["linear", "simple", "smooth", "scatter", "scatter_jitter", "confusion", "confusion_normalized", "bar_horizontal", "bar_horizontal_sorted"];

    /// <summary>In the order of the help.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. new[] { "line", "scatter", "bar", "histogram", "heatmap", "confusion", "roc", "pr", "calibration", "residuals", "box" }.Union(Templates, StringComparer.Ordinal)];
}
