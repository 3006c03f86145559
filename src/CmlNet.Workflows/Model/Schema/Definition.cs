namespace CmlNet.Workflows.Model.Schema;

/// <summary>What a value may be. <see cref="Context"/> names the contexts and functions (<c>hashFiles(1,255)</c>) that its expressions may use, beyond those of the values around it.</summary>
internal abstract record Definition
{
    public IReadOnlyList<string> Context { get; init; } = [];
}

internal sealed record NullDefinition : Definition;

internal sealed record BooleanDefinition : Definition;

internal sealed record NumberDefinition : Definition;

/// <summary>A string: any, any but the empty one, or one of a few.</summary>
internal sealed record StringDefinition : Definition
{
    public bool NonEmpty { get; init; }

    public IReadOnlyList<string>? Values { get; init; }
}

internal sealed record SequenceDefinition(string Item) : Definition;

/// <summary>A mapping: known keys, and for any other key what key and value must be (null: no other key).</summary>
internal sealed record MappingDefinition : Definition
{
    public IReadOnlyList<Property> Properties { get; init; } = [];

    public string? LooseKey { get; init; }

    public string LooseValue { get; init; } = WorkflowSchema.Any;
}

internal sealed record OneOfDefinition(IReadOnlyList<string> Options) : Definition;

/// <summary>A key of a mapping and the name of its value's definition.</summary>
internal sealed record Property(string Key, string Type, bool Required = false);
