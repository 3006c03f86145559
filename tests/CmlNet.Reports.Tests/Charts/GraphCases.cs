using CmlNet.Reports.Charts.Graph;

namespace CmlNet.Reports.Tests.Charts;

/// <summary>Pipelines.</summary>
internal static class GraphCases
{
    public static IReadOnlyList<GalleryCase> All =>
    [
        new("graph", "A pipeline with a stage that needs two others", Graph([new("data.dvc", "changed", 0), new("prepare", "from the run cache", 2), new("train", "ran in 12.3 s", 0), new("evaluate", "out of date", 1)], [(0, 1), (1, 2), (2, 3), (1, 3)])),
        new("graph-wide", "Many that one needs, and two pipelines", Graph([.. Enumerable.Range(0, 8).Select(i => new GraphNode($"part@{i}", i % 2 == 0 ? "unchanged" : "ran in 1.0 s", i % 2 == 0 ? null : 0)), new("join", "failed", 6), new("other", ""), new("last", "")], [.. Enumerable.Range(0, 8).Select(i => (i, 8)), (9, 10)])),
        new("graph-long", "A line past many layers", Graph([.. Enumerable.Range(0, 6).Select(i => new GraphNode($"step {i}", ""))], [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (0, 5), (1, 5), (0, 3)])),
        new("graph-hostile", "Hostile, wide and long names", Graph([new(GalleryCases.Hostile, GalleryCases.Hostile, 0), new(GalleryCases.Long, GalleryCases.Long, 1), new("とても長い日本語のクラス名がここにあります", "🚀", 2)], [(0, 1), (0, 2)])),
        new("graph-empty", "Nothing in it", Graph([], [])),
        new("graph-one", "One box without a note", Graph([new("only", "")], [])),
        new("graph-many", "More than can be drawn", Graph([.. Enumerable.Range(0, 101).Select(i => new GraphNode($"{i}", ""))], [])),
    ];

    private static GraphChartData Graph(IReadOnlyList<GraphNode> nodes, IReadOnlyList<(int From, int To)> edges) => new() { Title = "Pipeline", Nodes = nodes, Edges = edges };
}
