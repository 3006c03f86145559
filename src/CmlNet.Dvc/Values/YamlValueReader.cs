using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CmlNet.Dvc.Values;

/// <summary>YAML from the parser's events, without reflection: anchors and merge keys are followed, keys keep the text they were written with.</summary>
public static class YamlValueReader
{
    /// <exception cref="DvcFormatException">Not YAML, a key twice, an unknown alias, or more than we are willing to hold.</exception>
    public static DvcValue Read(string text) => Read(text, isProject: false);

    /// <summary>One of DVC's own files: hashes, names and commands are text even where they look like numbers.</summary>
    /// <exception cref="DvcFormatException">As for <see cref="Read(string)"/>.</exception>
    internal static DvcValue ReadProject(string text) => Read(text, isProject: true);

    private static DvcValue Read(string text, bool isProject)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var reader = new StringReader(text.StartsWith('\uFEFF') ? text[1..] : text);
        try
        {
            var document = new Document(new Parser(reader), isProject);
            return document.Read();
        }
        catch (YamlException e)
        {
            throw new DvcFormatException(e.Message.ReplaceLineEndings(" ").TrimEnd('.'), (int)e.Start.Line, (int)e.Start.Column, e);
        }
        catch (InvalidOperationException e)
        {
            // The parser's own answer to some broken documents; it does not say where.
            throw new DvcFormatException("this is no YAML from some place on: a bracket or quote is open, or more follows the end of the document", 1, 1, e);
        }
    }

    private sealed class Document(Parser parser, bool isProject)
    {
        private static readonly HashSet<string> Texts = new(StringComparer.Ordinal) { "md5", "checksum", "etag", "version_id", "rev", "rev_lock", "hash", "cmd", "path", "url", "remote", "schema" };
        private static readonly HashSet<string> Values = new(StringComparer.Ordinal) { "params", "vars", "meta" };
        private readonly Dictionary<string, (DvcValue Value, int Size)> _anchors = new(StringComparer.Ordinal);
        private int _nodes;

        public DvcValue Read()
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
                return DvcValue.Null;
            DvcValue value = ReadNode(0, isProject ? Mode.Project : Mode.Value);
            parser.Consume<DocumentEnd>();
            if (parser.TryConsume<DocumentStart>(out DocumentStart? second))
                throw Error("more than one YAML document in the file; keep one", second.Start);
            return value;
        }

        private DvcValue ReadNode(int depth, Mode mode)
        {
            if (depth > ValueLimits.Depth)
                throw Error($"nested deeper than {ValueLimits.Depth} levels", parser.Current!.Start); // a node follows: the parser checked the grammar
            int before = _nodes;
            Count(1, parser.Current!.Start); // as above
            if (parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
                return Follow(alias);
            if (parser.TryConsume<Scalar>(out Scalar? scalar))
                return Keep(scalar, mode == Mode.Text ? DvcValue.Of(scalar.Value) : ReadScalar(scalar), before);
            if (parser.TryConsume<SequenceStart>(out SequenceStart? sequence))
            {
                var items = new List<DvcValue>();
                while (!parser.TryConsume<SequenceEnd>(out _))
                    items.Add(ReadNode(depth + 1, mode));
                return Keep(sequence, DvcValue.Of(items), before);
            }

            MappingStart mapping = parser.Consume<MappingStart>();
            return Keep(mapping, ReadMap(depth, mode), before);
        }

        private DvcValue ReadMap(int depth, Mode mode)
        {
            var entries = new OrderedDictionary<string, DvcValue>(StringComparer.Ordinal);
            var merged = new List<DvcValue>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (!parser.TryConsume<Scalar>(out Scalar? key))
                    throw Error("a list or map is used as a key; use a plain key", parser.Current!.Start); // inside a mapping there is a current event
                DvcValue value = ReadNode(depth + 1, Below(key.Value, mode));
                if (key is { Value: "<<", Style: ScalarStyle.Plain } && value.Kind is DvcValueKind.Map or DvcValueKind.List)
                    merged.AddRange(value.Kind == DvcValueKind.Map ? [value] : value.Items);
                else if (!entries.TryAdd(key.Value, value))
                    throw Error($"the key '{key.Value}' appears twice", key.Start);
            }

            foreach (KeyValuePair<string, DvcValue> entry in merged.SelectMany(map => map.Entries))
                entries.TryAdd(entry.Key, entry.Value);
            return DvcValue.Of([.. entries]);
        }

        private static Mode Below(string key, Mode mode) =>
            mode == Mode.Value || Values.Contains(key) ? Mode.Value : Texts.Contains(key) ? Mode.Text : Mode.Project;

        private static DvcValue ReadScalar(Scalar scalar)
        {
            bool resolved = scalar.Style == ScalarStyle.Plain && (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific);
            return resolved ? YamlScalar.Resolve(scalar.Value) : DvcValue.Of(scalar.Value);
        }

        private DvcValue Keep(NodeEvent node, DvcValue value, int before)
        {
            if (!node.Anchor.IsEmpty)
                _anchors[node.Anchor.Value] = (value, _nodes - before);
            return value;
        }

        private DvcValue Follow(AnchorAlias alias)
        {
            if (!_anchors.TryGetValue(alias.Value.Value, out (DvcValue Value, int Size) anchored))
                throw Error($"the alias '*{alias.Value.Value}' has no anchor before it", alias.Start);
            Count(anchored.Size, alias.Start);
            return anchored.Value;
        }

        private void Count(int nodes, Mark at)
        {
            _nodes += nodes;
            if (_nodes > ValueLimits.Nodes)
                throw Error($"more than {ValueLimits.Nodes} values once aliases are followed", at);
        }

        private static DvcFormatException Error(string message, Mark at) => new(message, (int)at.Line, (int)at.Column);
    }

    private enum Mode
    {
        Value,
        Project,
        Text,
    }
}
