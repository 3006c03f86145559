namespace CmlNet.Reports.Configuration;

/// <summary>What may stand at one place of <c>cml.yaml</c>. The checker and the JSON Schema are both made from these.</summary>
internal abstract record ConfigType
{
    /// <summary>In words, for a message.</summary>
    public abstract string Expected { get; }
}

/// <summary>Any text; a bare number or boolean counts as its spelling.</summary>
internal sealed record TextType : ConfigType
{
    public override string Expected => "a text";
}

/// <summary>A number of at least <paramref name="Least"/> and at most <paramref name="Most"/>.</summary>
internal sealed record NumberType(double? Least = null, double? Most = null, bool IsWhole = false) : ConfigType
{
    public override string Expected
    {
        get
        {
            string kind = IsWhole ? "a whole number" : "a number";
            return Least is null ? kind : Most is null ? FormattableString.Invariant($"{kind} of at least {Least}") : FormattableString.Invariant($"{kind} from {Least} to {Most}");
        }
    }
}

/// <summary>A number, or a number with one of the units.</summary>
internal sealed record QuantityType(string Example, IReadOnlyList<string> Units) : ConfigType
{
    public override string Expected => $"a number, or one with a unit ({string.Join(", ", Units)}) such as {Example}";
}

internal sealed record BooleanType : ConfigType
{
    public override string Expected => "true or false";
}

/// <summary>One of these texts.</summary>
internal sealed record ChoiceType(IReadOnlyList<string> Values) : ConfigType
{
    public override string Expected => $"one of {string.Join(", ", Values)}";
}

/// <summary>A list; with <paramref name="OneWillDo"/> a single item may stand without one.</summary>
internal sealed record ListType(ConfigType Item, bool OneWillDo = false) : ConfigType
{
    public override string Expected => OneWillDo ? $"{Item.Expected} or a list" : "a list";
}

/// <summary>A map with these keys and no others, unless <paramref name="IsOpen"/>.</summary>
internal sealed record MapType(IReadOnlyList<ConfigField> Fields, bool IsOpen = false) : ConfigType
{
    /// <summary>Of these keys exactly one must be there; empty demands none.</summary>
    public IReadOnlyList<string> ExactlyOne { get; init; } = [];

    /// <summary>Says where a secret is kept. What stands there instead is never repeated in a message.</summary>
    public bool IsSecret { get; init; }

    public override string Expected => ExactlyOne.Count > 0 ? $"a map with one of {string.Join(", ", ExactlyOne)}" : "a map";
}
