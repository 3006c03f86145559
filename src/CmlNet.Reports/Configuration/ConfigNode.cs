using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Configuration;

/// <summary>A piece of configuration with the place it was written at: a scalar, a list or a map.</summary>
internal sealed record ConfigNode
{
    /// <summary>Null for lists and maps.</summary>
    public DvcValue? Scalar { get; init; }

    public IReadOnlyList<ConfigNode>? Items { get; init; }

    public IReadOnlyList<ConfigEntry>? Entries { get; init; }

    public required int Line { get; init; }

    public required int Column { get; init; }

    public bool IsNull => Scalar is { Kind: DvcValueKind.Null };

    /// <summary>What stands there, for a message.</summary>
    public string Seen => Entries is not null ? "a map" : Items is not null ? "a list" : Scalar switch
    {
        null or { Kind: DvcValueKind.Null } => "nothing",
        { Kind: DvcValueKind.Boolean } => Scalar.Boolean ? "true" : "false",
        { Kind: DvcValueKind.Text } => $"'{Scalar.Text}'",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Scalar.AsDouble}"),
    };

    public ConfigNode? Find(string key) => Entries?.FirstOrDefault(entry => entry.Key == key)?.Value;

    /// <summary>The scalar under a key as it would be typed; null when absent.</summary>
    public string? Text(string key) => Find(key)?.AsText;

    /// <summary>The scalar as it would be typed; null for nothing, a list or a map.</summary>
    public string? AsText => Scalar switch
    {
        null or { Kind: DvcValueKind.Null } => null,
        { Kind: DvcValueKind.Text } text => text.Text,
        { Kind: DvcValueKind.Boolean } flag => flag.Boolean ? "true" : "false",
        { } number => number.AsDouble.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
    };

    public double? Number(string key) => Find(key)?.Scalar is { IsNumeric: true } number ? number.AsDouble : null;

    public bool Flag(string key) => Find(key)?.Scalar is { Kind: DvcValueKind.Boolean, Boolean: true };

    /// <summary>A list of texts, or one text, under a key.</summary>
    public IReadOnlyList<string> Texts(string key) => Find(key) switch
    {
        { Items: { } items } => [.. items.Select(item => item.Scalar!.Text)], // checked against the schema
        { Scalar.Kind: DvcValueKind.Text } one => [one.Scalar.Text],
        _ => [],
    };
}
