using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Expressions.Syntax;

namespace CmlNet.Workflows.Model.Schema;

/// <summary>A definition where it stands: the alternatives it unfolds to and the names its expressions may use.</summary>
internal sealed class Expectation
{
    private readonly List<Definition> _alternatives = [];
    private readonly HashSet<string> _context;
    private ExpressionVocabulary? _vocabulary;

    public Expectation(string definition, Expectation? parent)
    {
        _context = new HashSet<string>(parent?._context ?? [], StringComparer.OrdinalIgnoreCase);
        Unfold(WorkflowSchema.Get(definition));
    }

    public bool AllowsExpressions => _context.Count > 0;

    public ExpressionVocabulary Vocabulary => _vocabulary ??= BuildVocabulary(_context);

    public SequenceDefinition? Sequence => _alternatives.OfType<SequenceDefinition>().FirstOrDefault();

    public IEnumerable<MappingDefinition> Mappings => _alternatives.OfType<MappingDefinition>();

    public bool Matches(TemplateToken literal) => _alternatives.Exists(definition => (definition, literal) switch
    {
        (NullDefinition, NullToken) or (BooleanDefinition, BooleanToken) or (NumberDefinition, NumberToken) => true,
        (StringDefinition s, StringToken text) => s.Values?.Contains(text.Value, StringComparer.Ordinal) ?? (!s.NonEmpty || text.Value.Length > 0),
        _ => false,
    });

    /// <summary>For people: <c>expected text or a sequence</c>.</summary>
    public string Describe() => "expected " + string.Join(" or ", _alternatives.Select(Describe).Distinct(StringComparer.Ordinal));

    private static string Describe(Definition definition) => definition switch
    {
        NullDefinition => "nothing",
        BooleanDefinition => "true or false",
        NumberDefinition => "a number",
        StringDefinition { Values: { } values } => string.Join(" or ", values),
        StringDefinition => "text",
        SequenceDefinition => "a sequence",
        MappingDefinition { Properties: { Count: > 0 } properties } => $"a mapping with keys such as {string.Join(", ", properties.Take(3).Select(property => property.Key))}",
        _ => "a mapping",
    };

    private void Unfold(Definition definition)
    {
        _context.UnionWith(definition.Context);
        if (definition is OneOfDefinition oneOf)
        {
            foreach (string option in oneOf.Options)
                Unfold(WorkflowSchema.Get(option));
        }
        else
        {
            _alternatives.Add(definition);
        }
    }

    private static ExpressionVocabulary BuildVocabulary(IEnumerable<string> context)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var functions = new Dictionary<string, FunctionArity>(StringComparer.OrdinalIgnoreCase);
        foreach (string entry in context)
        {
            if (entry.Split('(', ',', ')') is [var name, var minimum, var maximum, ..])
                functions[name] = new FunctionArity((int)NumberText.Parse(minimum), maximum == "MAX" ? int.MaxValue : (int)NumberText.Parse(maximum));
            else
                names.Add(entry);
        }

        return new ExpressionVocabulary { Contexts = names, Functions = functions };
    }
}
