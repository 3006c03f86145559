using CmlNet.Dvc.Values;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CmlNet.Reports.Configuration;

/// <summary>YAML to <see cref="ConfigNode"/>: from the parser's events, without reflection, within limits that hold for a file a pull request may have written.</summary>
internal sealed class ConfigParser
{
    private const int Depth = 40;
    private const int Nodes = 100_000;
    private readonly Dictionary<string, (ConfigNode Node, int Size)> _anchors = new(StringComparer.Ordinal);
    private readonly Parser _parser;
    private readonly string _file;
    private readonly List<ConfigError> _errors;
    private int _nodes;

    private ConfigParser(TextReader text, string file, List<ConfigError> errors) => (_parser, _file, _errors) = (new Parser(text), file, errors);

    /// <summary>The root; null for an empty document.</summary>
    /// <exception cref="ConfigException">Not YAML, a key twice, too deep, too large.</exception>
    public static ConfigNode? Parse(string file, string text)
    {
        List<ConfigError> errors = [];
        ConfigNode? root = Parse(file, text, parser => parser.Read(), errors);
        return errors.Count == 0 ? root : throw new ConfigException(errors);
    }

    /// <summary>As above, but for a key that stands twice, of which the first counts, and for a second document: they are told with the other defects of the file.</summary>
    /// <exception cref="ConfigException">Not YAML, too deep, too large.</exception>
    public static ConfigNode? Parse(string file, string text, List<ConfigError> errors) => Parse(file, text, parser => parser.ReadOnly(), errors);

    private static ConfigNode? Parse(string file, string text, Func<ConfigParser, ConfigNode?> read, List<ConfigError> errors)
    {
        using var reader = new StringReader(text);
        try
        {
            return read(new ConfigParser(reader, file, errors));
        }
        catch (YamlException e)
        {
            throw new ConfigException([.. errors, new ConfigError(file, (int)e.Start.Line, (int)e.Start.Column, e.Message.ReplaceLineEndings(" ").TrimEnd('.'))]);
        }
    }

    private ConfigNode? Read()
    {
        _parser.Consume<StreamStart>();
        return _parser.TryConsume<DocumentStart>(out _) ? Node(0) : null;
    }

    private ConfigNode? ReadOnly()
    {
        ConfigNode? root = Read();
        if (root is null)
            return null;
        _parser.Consume<DocumentEnd>();
        // A marker at the end with nothing behind it hides nothing.
        if (_parser.TryConsume<DocumentStart>(out DocumentStart? second) && _parser.Current is not Scalar { Value: "" })
            _errors.Add(new ConfigError(_file, (int)second.Start.Line, (int)second.Start.Column, "a second YAML document begins here, which nothing would read; the file must have one"));
        return root;
    }

    private ConfigNode Node(int depth)
    {
        int before = _nodes;
        if (depth > Depth)
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, $"nested deeper than {Depth} levels"); // a node follows: the parser checked the grammar
        Count(1, _parser.Current!); // as above
        if (_parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
            return Follow(alias);
        if (_parser.TryConsume<Scalar>(out Scalar? scalar))
            return Keep(scalar, new ConfigNode { Scalar = Value(scalar), Line = (int)scalar.Start.Line, Column = (int)scalar.Start.Column }, before);
        if (_parser.TryConsume<SequenceStart>(out SequenceStart? sequence))
        {
            var items = new List<ConfigNode>();
            while (!_parser.TryConsume<SequenceEnd>(out _))
                items.Add(Node(depth + 1));
            return Keep(sequence, new ConfigNode { Items = items, Line = (int)sequence.Start.Line, Column = (int)sequence.Start.Column }, before);
        }

        MappingStart mapping = _parser.Consume<MappingStart>();
        return Keep(mapping, new ConfigNode { Entries = Entries(depth), Line = (int)mapping.Start.Line, Column = (int)mapping.Start.Column }, before);
    }

    private List<ConfigEntry> Entries(int depth)
    {
        var entries = new List<ConfigEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            Scalar key = _parser.Consume<Scalar>();
            bool isFirst = keys.Add(key.Value);
            if (!isFirst)
                _errors.Add(new ConfigError(_file, (int)key.Start.Line, (int)key.Start.Column, $"the key '{key.Value}' appears twice"));
            ConfigNode value = Node(depth + 1);
            if (isFirst)
                entries.Add(new ConfigEntry(key.Value, (int)key.Start.Line, (int)key.Start.Column, value));
        }

        return entries;
    }

    private static DvcValue Value(Scalar scalar) =>
        scalar.Style == ScalarStyle.Plain && (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific) ? YamlScalar.Resolve(scalar.Value) : DvcValue.Of(scalar.Value);

    private ConfigNode Keep(NodeEvent at, ConfigNode node, int before)
    {
        if (!at.Anchor.IsEmpty)
            _anchors[at.Anchor.Value] = (node, _nodes - before);
        return node;
    }

    private ConfigNode Follow(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out (ConfigNode Node, int Size) anchored))
            throw new YamlException(alias.Start, alias.End, $"the alias '*{alias.Value.Value}' has no anchor before it");
        Count(anchored.Size, alias);
        return anchored.Node;
    }

    private void Count(int nodes, ParsingEvent at)
    {
        _nodes += nodes;
        if (_nodes > Nodes)
            throw new YamlException(at.Start, at.End, $"more than {Nodes} values once aliases are followed");
    }
}
