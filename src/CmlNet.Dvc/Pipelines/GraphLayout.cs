namespace CmlNet.Dvc.Pipelines;

/// <summary>
/// Where the boxes of a graph go so that every line runs downwards: layers by the longest way from a source, few crossings, straight lines where possible.
/// A line over several layers has a waypoint in each. Units are the caller's: pixels or characters.
/// </summary>
public sealed class GraphLayout
{
    private const int Sweeps = 8;
    private readonly List<List<Slot>> _layers = [];

    private GraphLayout(IReadOnlyList<double> widths, IReadOnlyList<(int From, int To)> edges, double gap, double waypoint)
    {
        int[] layer = LayerOf(widths.Count, edges);
        for (int i = 0; i < layer.DefaultIfEmpty(-1).Max() + 1; i++)
            _layers.Add([]);
        Slot[] boxes = [.. widths.Select((width, node) => new Slot(node, width))];
        for (int node = 0; node < boxes.Length; node++)
            _layers[layer[node]].Add(boxes[node]);
        var paths = new List<List<Slot>>();
        foreach ((int from, int to) in edges)
        {
            var path = new List<Slot> { boxes[from] };
            for (int between = layer[from] + 1; between < layer[to]; between++)
            {
                var slot = new Slot(-1, waypoint);
                _layers[between].Add(slot);
                path.Add(slot);
            }

            path.Add(boxes[to]);
            for (int i = 1; i < path.Count; i++)
            {
                path[i - 1].Below.Add(path[i]);
                path[i].Above.Add(path[i - 1]);
            }

            paths.Add(path);
        }

        Order();
        Place(gap);
        double left = _layers.SelectMany(slots => slots).Select(slot => slot.Center - slot.Width / 2).DefaultIfEmpty(0).Min();
        foreach (Slot slot in _layers.SelectMany(slots => slots))
            slot.Center -= left;
        Width = _layers.SelectMany(slots => slots).Select(slot => slot.Center + slot.Width / 2).DefaultIfEmpty(0).Max();
        Boxes = [.. boxes.Select((slot, node) => (layer[node], slot.Center))];
        Lines = [.. paths.Select((path, edge) => (layer[edges[edge].From], (IReadOnlyList<double>)[.. path.Select(slot => slot.Center)]))];
    }

    /// <summary>Layer and middle of each box, in the order given.</summary>
    public IReadOnlyList<(int Layer, double Center)> Boxes { get; }

    /// <summary>For each edge the layer it starts in, and where it is in that layer and those below, down to its end.</summary>
    public IReadOnlyList<(int Layer, IReadOnlyList<double> Centers)> Lines { get; }

    public int Layers => _layers.Count;

    /// <summary>From the leftmost edge, which is 0, to the rightmost.</summary>
    public double Width { get; }

    /// <summary>Lays a graph out; the same graph gives the same layout.</summary>
    /// <param name="widths">Of each box.</param>
    /// <param name="edges">From what makes to what reads, by place in <paramref name="widths"/>; without circles, each once.</param>
    /// <param name="gap">Least room between two in a layer.</param>
    /// <param name="waypoint">Room that a line takes where it passes a layer.</param>
    public static GraphLayout Of(IReadOnlyList<double> widths, IReadOnlyList<(int From, int To)> edges, double gap, double waypoint)
    {
        ArgumentNullException.ThrowIfNull(widths);
        ArgumentNullException.ThrowIfNull(edges);
        return new GraphLayout(widths, edges, gap, waypoint);
    }

    /// <summary>Whether boxes need each other in a circle, which cannot be laid out.</summary>
    public static bool HasCircle(int count, IReadOnlyList<(int From, int To)> edges)
    {
        ArgumentNullException.ThrowIfNull(edges);
        return Sorted(count, edges, (_, _) => { }) < count;
    }

    // A source stands right above the first that reads it, not at the top of everything.
    private static int[] LayerOf(int count, IReadOnlyList<(int From, int To)> edges)
    {
        int[] layer = new int[count];
        if (Sorted(count, edges, (from, to) => layer[to] = Math.Max(layer[to], layer[from] + 1)) < count)
            throw new ArgumentException("the graph has a circle");
        ILookup<int, int> below = edges.ToLookup(edge => edge.From, edge => edge.To);
        HashSet<int> needy = [.. edges.Select(edge => edge.To)];
        for (int node = 0; node < count; node++)
        {
            if (!needy.Contains(node) && below[node].Any())
                layer[node] = below[node].Min(to => layer[to]) - 1;
        }

        return layer;
    }

    // Each after what it needs, as far as that goes; how many that are.
    private static int Sorted(int count, IReadOnlyList<(int From, int To)> edges, Action<int, int> visit)
    {
        ILookup<int, int> below = edges.ToLookup(edge => edge.From, edge => edge.To);
        int[] open = new int[count];
        foreach ((_, int to) in edges)
            open[to]++;
        var ready = new Queue<int>(Enumerable.Range(0, count).Where(node => open[node] == 0));
        int placed = 0;
        while (ready.TryDequeue(out int node))
        {
            placed++;
            foreach (int to in below[node])
            {
                visit(node, to);
                if (--open[to] == 0)
                    ready.Enqueue(to);
            }
        }

        return placed;
    }

    private void Order()
    {
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            bool down = sweep % 2 == 0;
            foreach (List<Slot> slots in down ? _layers.Skip(1) : _layers.AsEnumerable().Reverse().Skip(1))
            {
                for (int i = 0; i < slots.Count; i++)
                    slots[i].Place = i;
                List<Slot> sorted = [.. slots.OrderBy(slot => (down ? slot.Above : slot.Below) is { Count: > 0 } next ? next.Average(other => other.Place) : slot.Place)]; // stable
                slots.Clear();
                slots.AddRange(sorted);
                for (int i = 0; i < slots.Count; i++)
                    slots[i].Place = i;
            }
        }
    }

    private void Place(double gap)
    {
        foreach (List<Slot> slots in _layers)
        {
            double at = 0;
            foreach (Slot slot in slots)
            {
                slot.Center = at + slot.Width / 2;
                at += slot.Width + gap;
            }
        }

        for (int sweep = 0; sweep < 2 * Sweeps; sweep++)
        {
            bool down = sweep % 2 == 0;
            foreach (List<Slot> slots in down ? _layers.Skip(1) : _layers.AsEnumerable().Reverse().Skip(1))
                Settle(slots, [.. slots.Select(slot => (down ? slot.Above : slot.Below) is { Count: > 0 } next ? next.Average(other => other.Center) : slot.Center)], gap);
        }
    }

    // Nearest to what is wished without overlaps: least squares with an order, by pooling what is too near.
    private static void Settle(List<Slot> slots, double[] wished, double gap)
    {
        double[] offset = new double[slots.Count];
        for (int i = 1; i < slots.Count; i++)
            offset[i] = offset[i - 1] + (slots[i - 1].Width + slots[i].Width) / 2 + gap;
        var pools = new List<(double Sum, int Count)>();
        for (int i = 0; i < slots.Count; i++)
        {
            pools.Add((wished[i] - offset[i], 1));
            while (pools.Count > 1 && pools[^2].Sum / pools[^2].Count > pools[^1].Sum / pools[^1].Count)
            {
                pools[^2] = (pools[^2].Sum + pools[^1].Sum, pools[^2].Count + pools[^1].Count);
                pools.RemoveAt(pools.Count - 1);
            }
        }

        int next = 0;
        foreach ((double sum, int count) in pools)
        {
            for (int i = 0; i < count; i++, next++)
                slots[next].Center = sum / count + offset[next];
        }
    }

    private sealed class Slot(int node, double width)
    {
        public int Node { get; } = node;

        public double Width { get; } = width;

        public double Center { get; set; }

        public int Place { get; set; }

        public List<Slot> Above { get; } = [];

        public List<Slot> Below { get; } = [];
    }
}
