namespace CmlNet.Reports.Charts.Confusion;

/// <summary>The shares as flags and <c>cml.yaml</c> spell them.</summary>
public static class ConfusionShareNames
{
    /// <summary>In the order of <see cref="ConfusionShare"/>.</summary>
    public static IReadOnlyList<string> All { get; } = ["row", "column", "all"];

    /// <summary>The share of that name; of each row for null and for what is no name.</summary>
    public static ConfusionShare Of(string? name) => name switch
    {
        "column" => ConfusionShare.Column,
        "all" => ConfusionShare.All,
        _ => ConfusionShare.Row,
    };
}
