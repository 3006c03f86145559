using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CmlNet.Workflows.Model.Yaml;

/// <summary>YAML text to raw tokens: literals, sequences and mappings with their places, aliases resolved, within limits.</summary>
internal sealed class YamlReader
{
    // What GitHub reckons for a value and, besides its characters, for a string.
    private const int TokenSize = 24;
    private const int StringSize = 26;

    private readonly string _path;
    private readonly WorkflowParseOptions _options;
    private readonly Parser _parser;
    private readonly List<WorkflowError> _problems = [];
    private readonly Dictionary<string, Anchored> _anchors = new(StringComparer.Ordinal);
    private int _nodes;
    private long _size;
    private int _depth;
    private int _deepest;

    private YamlReader(string path, string text, WorkflowParseOptions options)
    {
        _path = path;
        _options = options;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The one document of a file. Throws <see cref="WorkflowException"/> for a file that is not YAML or over a limit, or has a value that can't be read.</summary>
    public static TemplateToken Read(string path, string text, WorkflowParseOptions options)
    {
        var problems = new List<WorkflowError>();
        TemplateToken token = Read(path, text, options, problems);
        return problems.Count == 0 ? token : throw new WorkflowException(problems[0]);
    }

    /// <summary>The same, going on after a value that can't be read.</summary>
    public static TemplateToken Read(string path, string text, WorkflowParseOptions options, ICollection<WorkflowError> problems)
    {
        if (text.Length > options.MaxFileSize)
            throw Limit(path, $"The maximum file size of {options.MaxFileSize} characters has been exceeded");
        var reader = new YamlReader(path, text, options);
        try
        {
            TemplateToken token = reader.ReadDocument();
            foreach (WorkflowError problem in reader._problems)
                problems.Add(problem with { Stage = WorkflowErrorStage.Yaml });
            return token;
        }
        catch (YamlException) when (WithoutBlankStarts(text) is var other && other != text)
        {
            return Read(path, other, options, problems);
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
        // The beginnings and ends of file and document are events too, and the file's name is kept.
        Count(4, SizeOf(_path));
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
        (int nodesBefore, long sizeBefore) = (_nodes, _size);
        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            TemplateToken token = ReadScalar(scalar);
            Count(1, TokenSize + (token is StringToken text ? SizeOf(text.Value) : 0));
            Remember(scalar.Anchor, new Anchored(token, 1, _size - sizeBefore, 0));
            return token;
        }

        Count(2, TokenSize);
        int deepestBefore = _deepest;
        if (++_depth > _options.MaxDepth)
            throw Limit(_path, "Maximum object depth exceeded");
        _deepest = _depth;
        (AnchorName anchor, TemplateToken collection) = _parser.TryConsume<SequenceStart>(out var sequence)
            ? (sequence.Anchor, ReadSequence(sequence))
            : ReadMapping(_parser.Consume<MappingStart>());
        _depth--;
        Remember(anchor, new Anchored(collection, _nodes - nodesBefore, _size - sizeBefore, _deepest - _depth));
        _deepest = Math.Max(_deepest, deepestBefore);
        return collection;
    }

    private TemplateToken ReadScalar(Scalar scalar)
    {
        try
        {
            return YamlScalar.Read(scalar, Locate(scalar.Start));
        }
        catch (WorkflowException e)
        {
            return Unread(e.Error);
        }
    }

    private UnreadToken Unread(WorkflowError problem)
    {
        _problems.Add(problem);
        return new UnreadToken(problem.Location);
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
                key = Unread(new WorkflowError(key.Location, "Expected mapping end", "a key must be a plain value"));
            items.Add(new(key, ReadNode()));
        }

        return (start.Anchor, new MappingToken(Locate(start.Start), items));
    }

    /// <summary>An alias stands for all it names, and counts as that: a few lines could otherwise stand for billions of nodes.</summary>
    private TemplateToken ReadAlias()
    {
        AnchorAlias alias = _parser.Consume<AnchorAlias>();
        if (!_anchors.TryGetValue(alias.Value.Value, out Anchored target))
            return Unread(new WorkflowError(Locate(alias.Start), $"Unknown anchor '{alias.Value.Value}'"));
        Count(target.Nodes, target.Size);
        if (_depth + target.Depth > _options.MaxDepth)
            throw Limit(_path, "Maximum object depth exceeded");
        _deepest = Math.Max(_deepest, _depth + target.Depth);
        return target.Token;
    }

    private static long SizeOf(string text) => StringSize + (sizeof(char) * (long)text.Length);

    private void Remember(AnchorName anchor, Anchored target)
    {
        if (!anchor.IsEmpty)
            _anchors[anchor.Value] = target;
    }

    private void Count(int nodes, long size)
    {
        _nodes += nodes;
        _size += size;
        if (_nodes > _options.MaxNodes)
            throw Limit(_path, "Maximum YAML nodes exceeded");
        if (_size > _options.MaxSize)
            throw Limit(_path, "Maximum object size exceeded");
    }

    /// <summary>What an alias stands for, and how much of it there is.</summary>
    private readonly record struct Anchored(TemplateToken Token, int Nodes, long Size, int Depth);
}
