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
    private int _nodes;

    private ConfigParser(TextReader text) => _parser = new Parser(text);

    /// <summary>The root; null for an empty document.</summary>
    /// <exception cref="ConfigException">Not YAML, a key twice, too deep, too large.</exception>
    public static ConfigNode? Parse(string file, string text)
    {
        using var reader = new StringReader(text);
        try
        {
            return new ConfigParser(reader).Read();
        }
        catch (YamlException e)
        {
            throw new ConfigException([new ConfigError(file, (int)e.Start.Line, (int)e.Start.Column, e.Message.ReplaceLineEndings(" ").TrimEnd('.'))]);
        }
    }

    private ConfigNode? Read()
    {
        _parser.Consume<StreamStart>();
        return _parser.TryConsume<DocumentStart>(out _) ? Node(0) : null;
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
            if (!keys.Add(key.Value))
                throw new YamlException(key.Start, key.End, $"the key '{key.Value}' appears twice");
            entries.Add(new ConfigEntry(key.Value, (int)key.Start.Line, (int)key.Start.Column, Node(depth + 1)));
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
