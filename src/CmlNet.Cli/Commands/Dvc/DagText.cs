using System.Text;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Values;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>A graph of names, and the forms it is printed in.</summary>
/// <param name="Nodes">Each after what it needs.</param>
/// <param name="Edges">From what makes to what reads.</param>
internal sealed record DagText(IReadOnlyList<string> Nodes, IReadOnlyList<(string From, string To)> Edges)
{
    public static DagText Of(IReadOnlyList<Stage> stages, StageGraph graph, bool ofOutputs)
    {
        var selected = stages.ToHashSet();
        IEnumerable<(Stage From, Stage To)> edges = stages.SelectMany(stage => graph.Producers(stage).Where(selected.Contains).Select(producer => (producer, stage)));
        if (!ofOutputs)
            return new DagText([.. stages.Select(stage => stage.Address)], [.. edges.Select(edge => (edge.From.Address, edge.To.Address))]);
        return new DagText([.. stages.SelectMany(stage => stage.Outputs.Select(output => output.Path))],
            [.. edges.SelectMany(edge => edge.From.Outputs.Where(output => edge.To.Dependencies.Any(dependency => RelativePath.IsWithin(dependency.Path, output.Path) || RelativePath.IsWithin(output.Path, dependency.Path))).SelectMany(output => edge.To.Outputs.Select(made => (output.Path, made.Path))))]);
    }

    /// <summary>The stages of a loop under its name, as DVC does it.</summary>
    public DagText Collapsed()
    {
        static string Loop(string node) => node.Split('@')[0];
        return new DagText([.. Nodes.Select(Loop).Distinct(StringComparer.Ordinal)], [.. Edges.Select(edge => (From: Loop(edge.From), To: Loop(edge.To))).Where(edge => edge.From != edge.To).Distinct()]);
    }

    /// <summary>DVC's numbering: nodes and edges sorted.</summary>
    public string Mermaid()
    {
        var text = new StringBuilder("flowchart TD\n");
        List<string> sorted = [.. Nodes.Order(CodePointComparer.Instance)];
        Dictionary<string, int> numbers = sorted.Select((node, index) => (node, index)).ToDictionary(item => item.node, item => item.index + 1, StringComparer.Ordinal);
        foreach (string node in sorted)
            text.Append($"\tnode{numbers[node]}[\"{node.Replace("\"", "#quot;", StringComparison.Ordinal)}\"]\n");
        foreach ((string from, string to) in Sorted())
            text.Append($"\tnode{numbers[from]}-->node{numbers[to]}\n");
        return text.ToString();
    }

    public string Dot()
    {
        var text = new StringBuilder("strict digraph {\n");
        foreach (string node in Nodes.Order(CodePointComparer.Instance))
            text.Append($"\"{Escaped(node)}\";\n");
        foreach ((string from, string to) in Sorted())
            text.Append($"\"{Escaped(from)}\" -> \"{Escaped(to)}\";\n");
        return text.Append("}\n").ToString();
    }

    /// <summary>Boxes; with very many nodes one line for each, with what it needs.</summary>
    public string Plain() => DagDrawing.Of(this) ?? List();

    private string List()
    {
        var text = new StringBuilder();
        ILookup<string, string> needs = Edges.ToLookup(edge => edge.To, edge => edge.From, StringComparer.Ordinal);
        int width = Nodes.Select(node => node.Length).DefaultIfEmpty(0).Max();
        foreach (string node in Nodes)
            text.Append(needs.Contains(node) ? $"{node.PadRight(width)}  <- {string.Join(", ", needs[node].Order(StringComparer.Ordinal))}\n" : node + "\n");
        return text.ToString();
    }

    private IEnumerable<(string From, string To)> Sorted() => Edges.Distinct().OrderBy(edge => edge.From, CodePointComparer.Instance).ThenBy(edge => edge.To, CodePointComparer.Instance);

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
