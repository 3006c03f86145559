using System.Globalization;

namespace CmlNet.Workflows.Model.Schema;

/// <summary>Checks raw tokens against the schema and gives them their meaning: expressions found, scalars converted. Goes on after an error.</summary>
internal sealed class SchemaValidator(ICollection<WorkflowError> errors)
{
    private readonly Dictionary<(string, Expectation?), Expectation> _expectations = [];

    public TemplateToken Validate(TemplateToken token, string definition) => Read(token, Expect(definition, null));

    public static string TextOf(TemplateToken literal) => literal switch
    {
        StringToken s => s.Value,
        NumberToken n => n.Value.ToString("G15", CultureInfo.InvariantCulture),
        BooleanToken b => b.Value ? "true" : "false",
        ExpressionToken e => $"${{{{ {e.Expression} }}}}",
        InsertToken => "${{ insert }}",
        _ => "",
    };

    /// <summary>The same definition below the same one is the same expectation: a file has thousands of values and few places.</summary>
    private Expectation Expect(string definition, Expectation? parent)
    {
        if (!_expectations.TryGetValue((definition, parent), out Expectation? expectation))
        {
            expectation = new Expectation(definition, parent);
            _expectations.Add((definition, parent), expectation);
        }

        return expectation;
    }

    private TemplateToken Read(TemplateToken token, Expectation expectation)
    {
        switch (token)
        {
            case UnreadToken:
                return token;
            case SequenceToken sequence when expectation.Sequence is { } definition:
                Expectation item = Expect(definition.Item, expectation);
                return sequence with { Items = [.. sequence.Items.Select(value => Read(value, item))] };
            case SequenceToken:
                Report(token.Location, "A sequence was not expected", expectation.Describe());
                return token;
            case MappingToken mapping when expectation.Mappings.ToList() is { Count: > 0 } definitions:
                return new MappingValidation(this, mapping, expectation, definitions).Read();
            case MappingToken:
                Report(token.Location, "A mapping was not expected", expectation.Describe());
                return token;
            default:
                return Check(ParseScalar(token, expectation), expectation);
        }
    }

    private TemplateToken ParseScalar(TemplateToken token, Expectation expectation) =>
        token is StringToken text ? new ScalarParser(text, expectation, (location, message) => Report(location, message)).Parse() : token;

    private TemplateToken Check(TemplateToken scalar, Expectation expectation)
    {
        if (scalar is ExpressionToken)
        {
            if (!expectation.AllowsExpressions)
                Report(scalar.Location, "A template expression is not allowed in this context");
            return scalar;
        }

        if (scalar is not InsertToken)
        {
            if (expectation.Matches(scalar))
                return scalar;
            var text = new StringToken(scalar.Location, TextOf(scalar));
            if (expectation.Matches(text))
                return text;
        }

        Report(scalar.Location, $"Unexpected value '{TextOf(scalar)}'", expectation.Describe());
        return scalar;
    }

    private void Report(SourceLocation location, string message, string? hint = null) =>
        errors.Add(new WorkflowError(location, message, hint) { Stage = WorkflowErrorStage.Schema });

    /// <summary>One mapping: each key that only some alternatives know leaves only those.</summary>
    private sealed class MappingValidation(SchemaValidator owner, MappingToken mapping, Expectation expectation, List<MappingDefinition> definitions)
    {
        private readonly List<KeyValuePair<TemplateToken, TemplateToken>> _items = [];
        private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);
        private bool _hasExpressionKey;

        public MappingToken Read()
        {
            foreach ((TemplateToken rawKey, TemplateToken rawValue) in mapping.Items)
                ReadPair(owner.ParseScalar(rawKey, expectation), rawValue);
            if (definitions.Count > 1)
                owner.Report(mapping.Location, $"There's not enough info to determine what you meant. Add one of these properties: {string.Join(", ", Distinguishing())}");
            else if (!_hasExpressionKey)
                CheckRequired();
            return mapping with { Items = _items };
        }

        private void ReadPair(TemplateToken scalarKey, TemplateToken rawValue)
        {
            if (scalarKey is UnreadToken)
                return;
            if (scalarKey is ExpressionToken or InsertToken)
            {
                ReadExpressionKey(scalarKey, rawValue);
                return;
            }

            var key = new StringToken(scalarKey.Location, TextOf(scalarKey));
            if (key.Value.Length > 0 && !_seen.Add(key.Value))
            {
                owner.Report(key.Location, $"'{key.Value}' is already defined");
            }
            else if (Find(key.Value) is { } property)
            {
                Add(key, owner.Read(rawValue, owner.Expect(property.Type, expectation)));
            }
            else if (definitions[0].LooseKey is { } looseKey)
            {
                owner.Check(key, owner.Expect(looseKey, expectation));
                Add(key, owner.Read(rawValue, owner.Expect(definitions[0].LooseValue, expectation)));
            }
            else
            {
                owner.Report(key.Location, $"Unexpected value '{key.Value}'", KeyHint(key.Value));
            }
        }

        private void ReadExpressionKey(TemplateToken key, TemplateToken rawValue)
        {
            _hasExpressionKey = true;
            if (!expectation.AllowsExpressions)
            {
                owner.Report(key.Location, "A template expression is not allowed in this context");
                return;
            }

            bool isLooseOnly = definitions is [{ Properties.Count: 0, LooseKey: not null }];
            Add(key, owner.Read(rawValue, owner.Expect(isLooseOnly ? definitions[0].LooseValue : WorkflowSchema.Any, expectation)));
        }

        private void Add(TemplateToken key, TemplateToken value) => _items.Add(new(key, value));

        private string? KeyHint(string key)
        {
            string[] known = [.. definitions.SelectMany(definition => definition.Properties).Select(property => property.Key).Distinct(StringComparer.Ordinal)];
            return NearestWord.Of(key, known) is { } near ? $"did you mean {near}?" : known.Length > 0 ? $"expected one of the keys {string.Join(", ", known)}" : null;
        }

        private Property? Find(string key)
        {
            Property? found = definitions.SelectMany(definition => definition.Properties).FirstOrDefault(property => property.Key == key);
            if (found is not null)
                definitions.RemoveAll(definition => !definition.Properties.Any(property => property.Key == key));
            return found;
        }

        private IEnumerable<string> Distinguishing() => definitions
            .SelectMany(definition => definition.Properties.Select(property => property.Key))
            .GroupBy(key => key, StringComparer.Ordinal)
            .Where(group => group.Count() == 1)
            .Select(group => group.Key)
            .Order(StringComparer.Ordinal);

        private void CheckRequired()
        {
            foreach (Property property in definitions[0].Properties.Where(property => property.Required && !_seen.Contains(property.Key)))
                owner.Report(mapping.Location, $"Required property is missing: {property.Key}");
        }
    }
}
