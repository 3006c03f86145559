namespace CmlNet.Reports.Charts.Graph;

/// <summary>Boxes and lines that run downwards, such as the stages of a pipeline.</summary>
public sealed record GraphChartData : ChartData
{
    public const string KindName = "graph";

    public override string Kind => KindName;

    public required IReadOnlyList<GraphNode> Nodes { get; init; }

    /// <summary>By place in <see cref="Nodes"/>, from what makes to what reads; each once, without circles.</summary>
    public required IReadOnlyList<(int From, int To)> Edges { get; init; }
}
