using System.Globalization;
using System.Text;
using CmlNet.Dvc.Pipelines;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>A graph as boxes that lines of stars join, each layer below what it needs. The look is DVC's, the placement our own.</summary>
internal sealed class DagDrawing
{
    private const int BoxHeight = 3, LeastGap = 3, MostGap = 9, Between = 3;

    /// <summary>More would be wider than anybody reads.</summary>
    private const int MostBoxes = 120;

    private readonly GraphLayout _layout;
    private readonly IReadOnlyList<string> _names;
    private readonly int[] _widths, _tops;
    private readonly char[][] _lines;

    private DagDrawing(IReadOnlyList<string> names, IReadOnlyList<(int From, int To)> edges)
    {
        _names = names;
        _widths = [.. names.Select(name => new StringInfo(name).LengthInTextElements + 4)];
        _layout = GraphLayout.Of([.. _widths.Select(width => (double)width)], edges, Between, 1);
        _tops = new int[_layout.Layers];
        for (int layer = 1; layer < _tops.Length; layer++)
            _tops[layer] = _tops[layer - 1] + BoxHeight + Gap(layer - 1);
        int height = _tops.Length == 0 ? 0 : _tops[^1] + BoxHeight;
        _lines = [.. Enumerable.Range(0, height).Select(_ => Enumerable.Repeat(' ', (int)Math.Ceiling(_layout.Width) + 2).ToArray())];
    }

    /// <summary>Null when there are too many boxes, or collapsed loops need each other.</summary>
    public static string? Of(DagText dag)
    {
        if (dag.Nodes.Count > MostBoxes)
            return null;
        List<string> names = [.. dag.Nodes.Distinct(StringComparer.Ordinal)];
        Dictionary<string, int> places = names.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        List<(int From, int To)> edges = [.. dag.Edges.Distinct().Select(edge => (places[edge.From], places[edge.To]))];
        return GraphLayout.HasCircle(names.Count, edges) ? null : new DagDrawing(names, edges).Draw();
    }

    private string Draw()
    {
        foreach ((int layer, IReadOnlyList<double> centers) in _layout.Lines)
        {
            for (int i = 1; i < centers.Count; i++)
            {
                Line(Column(centers[i - 1]), _tops[layer + i - 1] + BoxHeight - 1, Column(centers[i]), _tops[layer + i]);
                if (i + 1 < centers.Count)
                    Line(Column(centers[i]), _tops[layer + i] - 1, Column(centers[i]), _tops[layer + i] + BoxHeight);
            }
        }

        var names = new Dictionary<(int Row, int Column), string>();
        for (int i = 0; i < _names.Count; i++)
            Box(i, names);
        return Text(names);
    }

    private static int Column(double center) => (int)Math.Floor(center);

    // Wide lines need height, or they would lie flat.
    private int Gap(int layer)
    {
        double farthest = _layout.Lines.Where(line => line.Layer <= layer && line.Layer + line.Centers.Count - 1 > layer).Select(line => Math.Abs(line.Centers[layer - line.Layer + 1] - line.Centers[layer - line.Layer])).DefaultIfEmpty(0).Max();
        return Math.Clamp((int)(farthest / 4), LeastGap, MostGap);
    }

    // Stars strictly between the rows of the two ends; a flat stretch has every second column.
    private void Line(int x1, int y1, int x2, int y2)
    {
        for (int y = y1 + 1; y < y2; y++)
            _lines[y][(int)Math.Round(x1 + (x2 - x1) * (y - y1) / (double)(y2 - y1), MidpointRounding.AwayFromZero)] = '*';
        if (Math.Abs(x2 - x1) <= y2 - y1)
            return;
        int step = Math.Sign(x2 - x1) * 2;
        for (int x = x1; Math.Abs(x - x1) <= Math.Abs(x2 - x1); x += step)
        {
            int y = (int)Math.Round(y1 + (y2 - y1) * (x - x1) / (double)(x2 - x1), MidpointRounding.AwayFromZero);
            if (y > y1 && y < y2)
                _lines[y][x] = '*';
        }
    }

    private void Box(int place, Dictionary<(int Row, int Column), string> names)
    {
        (int layer, double center) = _layout.Boxes[place];
        int width = _widths[place], left = Column(center) - width / 2, top = _tops[layer];
        string edge = $"+{new string('-', width - 2)}+";
        edge.CopyTo(0, _lines[top], left, width);
        edge.CopyTo(0, _lines[top + 2], left, width);
        Array.Fill(_lines[top + 1], ' ', left, width);
        _lines[top + 1][left] = _lines[top + 1][left + width - 1] = '|';
        names[(top + 1, left + 2)] = _names[place];
    }

    // A name may have more characters than columns, so it is put in at the end.
    private string Text(Dictionary<(int Row, int Column), string> names)
    {
        var text = new StringBuilder();
        for (int row = 0; row < _lines.Length; row++)
        {
            var line = new StringBuilder(new string(_lines[row]));
            foreach ((_, string name, int column) in names.Where(name => name.Key.Row == row).Select(name => (name.Key.Row, name.Value, name.Key.Column)).OrderByDescending(name => name.Column))
                line.Remove(column, new StringInfo(name).LengthInTextElements).Insert(column, name);
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
