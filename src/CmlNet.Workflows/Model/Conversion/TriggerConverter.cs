namespace CmlNet.Workflows.Model.Conversion;

/// <summary><c>on:</c> as a string, a list or a mapping.</summary>
internal static class TriggerConverter
{
    public static WorkflowTriggers Convert(TemplateToken? token)
    {
        var events = new OrderedDictionary<string, EventTrigger>(StringComparer.Ordinal);
        if (token is MappingToken mapping)
        {
            foreach ((TemplateToken key, TemplateToken value) in mapping.Items)
                Add(events, ConvertEvent(key.AsText() ?? "", key.Location, value));
        }
        else
        {
            foreach (StringToken name in token.AsStrings())
                Add(events, new EventTrigger(name.Value, name.Location));
        }

        return new WorkflowTriggers(events);
    }

    private static void Add(OrderedDictionary<string, EventTrigger> events, EventTrigger trigger) => events[trigger.Name] = trigger;

    private static EventTrigger ConvertEvent(string name, SourceLocation location, TemplateToken value)
    {
        var options = value as MappingToken;
        return new EventTrigger(name, location)
        {
            Types = Strings(options, "types"),
            Branches = Strings(options, "branches"),
            BranchesIgnore = Strings(options, "branches-ignore"),
            Tags = Strings(options, "tags"),
            TagsIgnore = Strings(options, "tags-ignore"),
            Paths = Strings(options, "paths"),
            PathsIgnore = Strings(options, "paths-ignore"),
            Configuration = value,
        };
    }

    private static List<string>? Strings(MappingToken? options, string key) => options?.Get(key) switch
    {
        null => null,
        SequenceToken many => [.. many.Items.Select(Schema.SchemaValidator.TextOf)],
        { } one => [Schema.SchemaValidator.TextOf(one)],
    };
}
