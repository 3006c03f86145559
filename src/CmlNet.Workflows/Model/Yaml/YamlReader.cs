using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CmlNet.Workflows.Model.Yaml;

/// <summary>YAML text to raw tokens: literals, sequences and mappings with their places, aliases resolved, within limits.</summary>
internal sealed class YamlReader
{
    private readonly string _path;
    private readonly WorkflowParseOptions _options;
    private readonly Parser _parser;
    private readonly Dictionary<string, (TemplateToken Token, int Nodes, int Depth)> _anchors = new(StringComparer.Ordinal);
    private int _nodes;
    private int _depth;
    private int _deepest;

    private YamlReader(string path, string text, WorkflowParseOptions options)
    {
        _path = path;
        _options = options;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The one document of a file. Throws <see cref="WorkflowException"/> for a file that is not YAML or over a limit.</summary>
    public static TemplateToken Read(string path, string text, WorkflowParseOptions options)
    {
        if (text.Length > options.MaxFileSize)
            throw Limit(path, $"The maximum file size of {options.MaxFileSize} characters has been exceeded");
        var reader = new YamlReader(path, text, options);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException) when (WithoutBlankStarts(text) is var other && other != text)
        {
            return Read(path, other, options);
        }
        catch (YamlException e)
        {
            // The library says where the mapping begins, not where the tab is.
            SourceLocation? tab = e.Message.Contains(" tab ", StringComparison.Ordinal) ? FirstTab(path, text) : null;
            SourceLocation location = tab ?? new SourceLocation(path, (int)Math.Max(1, e.Start.Line), (int)Math.Max(1, e.Start.Column));
            throw new WorkflowException(new WorkflowError(location, e.Message, tab is null ? null : "indent with spaces") { Stage = WorkflowErrorStage.Yaml, Span = $"({e.Start}) - ({e.End})" }, e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or KeyNotFoundException or NullReferenceException)
        {
            // The YAML library does not call everything that is not YAML a syntax error: "a: [1" before a line "b: 2" is one it trips over.
            Mark at = reader._parser.Current?.End ?? Mark.Empty;
            var location = new SourceLocation(path, (int)Math.Max(1, at.Line), (int)Math.Max(1, at.Column));
            throw new WorkflowException(new WorkflowError(location, "What follows is not valid YAML", "is a bracket or a quote left open?") { Stage = WorkflowErrorStage.Yaml, Span = $"({at}) - ({at})" }, e);
        }
        catch (WorkflowException e) when (e.Error.Stage != WorkflowErrorStage.Yaml)
        {
            throw new WorkflowException(e.Error with { Stage = WorkflowErrorStage.Yaml }, e);
        }
    }

    /// <summary>
    /// A literal block may begin with lines of nothing but spaces, which are empty lines of its text; the library takes them for a wrong indentation.
    /// Looked for only when a file could not be read.
    /// </summary>
    private static string WithoutBlankStarts(string text)
    {
        string[] lines = text.Split('\n');
        bool atStart = false;
        for (int i = 0; i < lines.Length; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i]))
                atStart = OpensLiteral(lines[i]);
            else if (atStart)
                lines[i] = "";
        }

        return string.Join('\n', lines);
    }

    /// <summary>Not one that says its indentation: spaces beyond it are text.</summary>
    private static bool OpensLiteral(string line)
    {
        int comment = line.IndexOf(" #", StringComparison.Ordinal);
        string head = (comment < 0 ? line : line[..comment]).TrimEnd();
        return head.TrimEnd('+', '-').EndsWith(" |", StringComparison.Ordinal);
    }

    private static SourceLocation? FirstTab(string path, string text)
    {
        foreach ((int index, string line) in text.Split('\n').Index())
        {
            int tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab >= 0 && string.IsNullOrWhiteSpace(line[..tab]))
                return new SourceLocation(path, index + 1, tab + 1);
        }

        return null;
    }

    private static WorkflowException Limit(string path, string message, string? hint = null) =>
        new(new WorkflowError(new SourceLocation(path, 0, 0), message, hint) { Stage = WorkflowErrorStage.Yaml });

    private TemplateToken ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
            throw Limit(_path, "Expected a scalar value, a sequence, or a mapping", "there is nothing in the file");
        TemplateToken token = ReadNode();
        _parser.Consume<DocumentEnd>();
        if (_parser.Current is DocumentStart second)
            throw new WorkflowException(Locate(second.Start), "Expected stream end parse event");
        return token;
    }

    private SourceLocation Locate(Mark mark) => new(_path, (int)mark.Line, (int)mark.Column);

    private TemplateToken ReadNode()
    {
        if (_parser.Current is AnchorAlias)
            return ReadAlias();
        Count(1);
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            TemplateToken token = YamlScalar.Read(scalar, Locate(scalar.Start));
            Remember(scalar.Anchor, token, 1, 0);
            return token;
        }

        int before = _nodes;
        int deepestBefore = _deepest;
        if (++_depth > _options.MaxDepth)
            throw Limit(_path, "Maximum object depth exceeded");
        _deepest = _depth;
        (AnchorName anchor, TemplateToken collection) = _parser.TryConsume<SequenceStart>(out var sequence)
            ? (sequence.Anchor, ReadSequence(sequence))
            : ReadMapping(_parser.Consume<MappingStart>());
        _depth--;
        Remember(anchor, collection, _nodes - before + 1, _deepest - _depth);
        _deepest = Math.Max(_deepest, deepestBefore);
        return collection;
    }

    private SequenceToken ReadSequence(SequenceStart start)
    {
        var items = new List<TemplateToken>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode());
        return new SequenceToken(Locate(start.Start), items);
    }

    private (AnchorName Anchor, TemplateToken Token) ReadMapping(MappingStart start)
    {
        var items = new List<KeyValuePair<TemplateToken, TemplateToken>>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            TemplateToken key = ReadNode();
            if (key is SequenceToken or MappingToken)
                throw new WorkflowException(key.Location, "Expected a scalar value");
            items.Add(new(key, ReadNode()));
        }

        return (start.Anchor, new MappingToken(Locate(start.Start), items));
    }

    /// <summary>An alias stands for all it names, and counts as that: a few lines could otherwise stand for billions of nodes.</summary>
    private TemplateToken ReadAlias()
    {
        AnchorAlias alias = _parser.Consume<AnchorAlias>();
        if (!_anchors.TryGetValue(alias.Value.Value, out (TemplateToken Token, int Nodes, int Depth) target))
            throw new WorkflowException(Locate(alias.Start), $"Unknown anchor '{alias.Value.Value}'");
        Count(target.Nodes);
        if (_depth + target.Depth > _options.MaxDepth)
            throw Limit(_path, "Maximum object depth exceeded");
        _deepest = Math.Max(_deepest, _depth + target.Depth);
        return target.Token;
    }

    private void Remember(AnchorName anchor, TemplateToken token, int nodes, int depth)
    {
        if (!anchor.IsEmpty)
            _anchors[anchor.Value] = (token, nodes, depth);
    }

    private void Count(int nodes)
    {
        _nodes += nodes;
        if (_nodes > _options.MaxNodes)
            throw Limit(_path, "Maximum YAML nodes exceeded");
    }
}
