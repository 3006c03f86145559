using CmlNet.Dvc.Pipelines;
using CmlNet.Reports.Charts.Graph;
using CmlNet.Reports.Projects;

namespace CmlNet.Reports.Sections.Pipeline;

/// <summary>Stages as a picture. Stages of one loop share a box where there would be too many.</summary>
internal static class PipelineGraph
{
    private const int MostBoxes = 40;
    private const int Blue = 0, Orange = 1, Green = 2, Red = 6;

    /// <summary>Null when there are too many even so.</summary>
    public static GraphChartData? Of(IReadOnlyList<StageFacts> stages)
    {
        List<List<StageFacts>> boxes = [.. stages.Select(stage => new List<StageFacts> { stage })];
        if (boxes.Count > MostBoxes)
            boxes = [.. stages.GroupBy(stage => stage.Name.Split('@')[0], StringComparer.Ordinal).Select(group => group.ToList())];
        if (boxes.Count > MostBoxes)
            return null;
        Dictionary<string, int> places = boxes.Index().SelectMany(box => box.Item.Select(stage => (stage.Name, box.Index))).ToDictionary(item => item.Name, item => item.Index, StringComparer.Ordinal);
        List<(int From, int To)> edges = [.. stages.SelectMany(stage => stage.Needs.Where(places.ContainsKey).Select(need => (From: places[need], To: places[stage.Name]))).Where(edge => edge.From != edge.To).Distinct()];
        // Loops that need each other stage by stage run in a circle as boxes.
        if (GraphLayout.HasCircle(boxes.Count, edges))
            return null;
        return new GraphChartData { Title = "Pipeline", Nodes = [.. boxes.Select(Node)], Edges = edges };
    }

    private static GraphNode Node(List<StageFacts> box)
    {
        if (box is [var stage])
            return new GraphNode(stage.Name, stage.Run is { } run && stage.State is not (StageState.OutOfDate or StageState.Changed) ? StageText.Of(run) : StageText.Of(stage.State), Color(stage.State));
        string note = string.Join(", ", box.GroupBy(one => one.State).OrderBy(group => group.Key).Select(group => $"{group.Count()} {StageText.Of(group.Key)}"));
        return new GraphNode($"{box[0].Name.Split('@')[0]} ({box.Count})", note, Color(box.Min(one => one.State)));
    }

    private static int? Color(StageState state) => state switch
    {
        StageState.Failed or StageState.Skipped => Red,
        StageState.OutOfDate => Orange,
        StageState.Ran or StageState.Changed => Blue,
        StageState.FromCache => Green,
        _ => null,
    };
}
