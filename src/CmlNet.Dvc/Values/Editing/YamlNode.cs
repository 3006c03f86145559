using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CmlNet.Dvc.Values.Editing;

/// <summary>Where a value stands in a YAML text.</summary>
internal sealed class YamlNode
{
    /// <summary>Index of its first character, an anchor or tag before it not counted.</summary>
    public required int Start { get; init; }

    /// <summary>Index behind its last character. Of what has no brackets around it, the parser has it where the next thing begins.</summary>
    public required int End { get; init; }

    /// <summary>Index behind the last character of the innermost last value.</summary>
    public required int LastEnd { get; init; }

    /// <summary>A map or list with brackets.</summary>
    public bool IsFlow { get; private init; }

    /// <summary>A map or list without brackets, or text of several lines: where it ends is not exactly known.</summary>
    public bool IsBlock { get; private init; }

    /// <summary>Of a map, null for anything else.</summary>
    public IReadOnlyList<(string Name, YamlNode Key, YamlNode Value)>? Entries { get; private init; }

    /// <summary>The root; null when the text is no YAML of one document.</summary>
    public static YamlNode? Read(string text)
    {
        try
        {
            using var reader = new StringReader(text);
            var parser = new Parser(reader);
            parser.Consume<StreamStart>();
            return parser.TryConsume<DocumentStart>(out _) ? Read(parser, text, 0) : null;
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException)
        {
            return null; // who reads it for its values says what is wrong
        }
    }

    /// <summary>The entry of that name.</summary>
    public (YamlNode Key, YamlNode Value)? Find(string name)
    {
        foreach ((string known, YamlNode key, YamlNode value) in Entries ?? [])
        {
            if (known == name)
                return (key, value);
        }

        return null;
    }

    private static YamlNode? Read(Parser parser, string text, int depth)
    {
        if (depth > ValueLimits.Depth)
            return null;
        if (parser.TryConsume<Scalar>(out Scalar? scalar))
            return Leaf(text, scalar, scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded);
        if (parser.TryConsume<AnchorAlias>(out AnchorAlias? alias))
            return new YamlNode { Start = (int)alias.Start.Index, End = (int)alias.End.Index, LastEnd = (int)alias.End.Index };
        if (parser.TryConsume<SequenceStart>(out SequenceStart? sequence))
        {
            int last = (int)sequence.End.Index;
            SequenceEnd? listEnd;
            while (!parser.TryConsume<SequenceEnd>(out listEnd))
            {
                if (Read(parser, text, depth + 1) is not { } item)
                    return null;
                last = item.LastEnd;
            }

            return Collection(text, sequence, listEnd, sequence.Style == SequenceStyle.Flow, last, null);
        }

        MappingStart mapping = parser.Consume<MappingStart>();
        var entries = new List<(string Name, YamlNode Key, YamlNode Value)>();
        int end = (int)mapping.End.Index;
        MappingEnd? mapEnd;
        while (!parser.TryConsume<MappingEnd>(out mapEnd))
        {
            string? name = (parser.Current as Scalar)?.Value;
            if (Read(parser, text, depth + 1) is not { } key || Read(parser, text, depth + 1) is not { } value)
                return null;
            end = value.LastEnd;
            if (name is not null)
                entries.Add((name, key, value));
        }

        return Collection(text, mapping, mapEnd, mapping.Style == MappingStyle.Flow, end, entries);
    }

    private static YamlNode Leaf(string text, NodeEvent node, bool isBlock) =>
        new() { Start = Content(text, node), End = (int)node.End.Index, LastEnd = (int)node.End.Index, IsBlock = isBlock };

    private static YamlNode Collection(string text, NodeEvent start, ParsingEvent end, bool isFlow, int last, IReadOnlyList<(string Name, YamlNode Key, YamlNode Value)>? entries) => new()
    {
        Start = Content(text, start),
        End = isFlow ? (int)end.Start.Index + 1 : (int)end.End.Index, // the parser points to the bracket
        LastEnd = isFlow ? (int)end.Start.Index + 1 : last,
        IsFlow = isFlow,
        IsBlock = !isFlow,
        Entries = entries,
    };

    private static int Content(string text, NodeEvent node)
    {
        int at = (int)node.Start.Index, end = node is Scalar ? (int)node.End.Index : text.Length;
        while (at < end && text[at] is '&' or '!')
        {
            while (at < end && !char.IsWhiteSpace(text[at]))
                at++;
            while (at < end && char.IsWhiteSpace(text[at]))
                at++;
        }

        return at;
    }
}
