namespace CmlNet.Workflows.Model.Schema;

/// <summary>Short forms for <see cref="WorkflowSchema"/>'s table.</summary>
internal static class SchemaBuilder
{
    /// <summary>A mapping of <c>key:type</c> entries; <c>key!:type</c> is required.</summary>
    public static MappingDefinition Map(params string[] entries) => new() { Properties = [.. entries.Select(Parse)] };

    /// <summary>A mapping with free keys.</summary>
    public static MappingDefinition Loose(string key, string value) => new() { LooseKey = key, LooseValue = value };

    public static OneOfDefinition OneOf(params string[] options) => new(options);

    public static StringDefinition Values(params string[] values) => new() { Values = values };

    public static StringDefinition Text(IReadOnlyList<string> context) => new() { Context = context };

    private static Property Parse(string entry)
    {
        int colon = entry.IndexOf(':', StringComparison.Ordinal);
        string key = entry[..colon];
        return new Property(key.TrimEnd('!'), entry[(colon + 1)..], key.EndsWith('!'));
    }
}
