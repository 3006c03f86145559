namespace CmlNet.Dvc.Values;

/// <summary>TOML, as far as parameter files go: tables, lists of tables, dotted keys. Dates stay text.</summary>
public static class TomlValueReader
{
    /// <exception cref="DvcFormatException">Not TOML.</exception>
    public static DvcValue Read(string text) => Read(text, null);

    /// <summary>As above, telling where each value begins and ends; not of those in lists of tables.</summary>
    internal static DvcValue Read(string text, Action<IReadOnlyList<string>, int, int>? found)
    {
        ArgumentNullException.ThrowIfNull(text);
        var scanner = new LiteralScanner(text, isPython: false);
        var root = new Node();
        Node current = root;
        List<string>? table = [];
        while (true)
        {
            scanner.SkipSpace(lines: true);
            if (scanner.IsAtEnd)
                return root.ToValue();
            if (scanner.TryTake('['))
            {
                (current, table) = ReadHeader(scanner, root);
            }
            else
            {
                List<string> keys = ReadKeys(scanner);
                if (!scanner.TryTake('='))
                    throw scanner.Error("expected '=' after the key");
                Node at = keys.Take(keys.Count - 1).Aggregate(current, (node, key) => node.Table(key));
                scanner.SkipSpace(lines: false);
                int start = scanner.At;
                DvcValue value = scanner.ReadValue() ?? throw scanner.Error("expected a value");
                if (table is not null)
                    found?.Invoke([.. table, .. keys], start, scanner.At);
                if (!at.Values.TryAdd(keys[^1], value))
                    throw scanner.Error($"the key '{keys[^1]}' appears twice");
            }

            scanner.SkipSpace(lines: false);
            if (!scanner.IsAtEnd && scanner.Current is not ('\n' or '#'))
                throw scanner.Error("expected the end of the line");
        }
    }

    private static (Node Table, List<string>? Path) ReadHeader(LiteralScanner scanner, Node root)
    {
        bool isList = scanner.TryTake('[');
        List<string> keys = ReadKeys(scanner);
        if (!scanner.TryTake(']') || (isList && !scanner.TryTake(']')))
            throw scanner.Error("the table's name is not closed");
        Node parent = keys.Take(keys.Count - 1).Aggregate(root, (node, key) => node.Table(key));
        return isList ? (parent.Append(keys[^1]), null) : (parent.Table(keys[^1]), keys);
    }

    private static List<string> ReadKeys(LiteralScanner scanner)
    {
        var keys = new List<string>();
        do
        {
            keys.Add(scanner.ReadKey());
            scanner.SkipSpace(lines: false);
        }
        while (scanner.TryTake('.'));

        return keys;
    }

    private sealed class Node
    {
        private readonly Dictionary<string, List<Node>> _tables = new(StringComparer.Ordinal);
        private readonly HashSet<string> _lists = new(StringComparer.Ordinal);

        public OrderedDictionary<string, DvcValue> Values { get; } = new(StringComparer.Ordinal);

        public Node Table(string key)
        {
            if (!_tables.TryGetValue(key, out List<Node>? nodes))
                _tables[key] = nodes = [new Node()];
            return nodes[^1];
        }

        public Node Append(string key)
        {
            if (!_lists.Add(key))
            {
                _tables[key].Add(new Node());
                return _tables[key][^1];
            }

            return Table(key);
        }

        public DvcValue ToValue() => DvcValue.Of([.. Values, .. _tables.Select(table => KeyValuePair.Create(table.Key, _lists.Contains(table.Key) ? DvcValue.Of([.. table.Value.Select(node => node.ToValue())]) : table.Value[0].ToValue()))]);
    }
}
