using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Configuration;

/// <summary>Holds a parsed file against its schema and collects every defect.</summary>
internal sealed class ConfigCheck(string file)
{
    private readonly List<ConfigError> _errors = [];

    /// <summary>In file order.</summary>
    public IReadOnlyList<ConfigError> Errors => [.. _errors.OrderBy(error => error.Line).ThenBy(error => error.Column)];

    public void Check(ConfigNode node, ConfigType type, string name)
    {
        switch (type)
        {
            case MapType map: Map(node, map, name); break;
            case ListType list: List(node, list, name); break;
            case NumberType number when !IsNumber(node, number): Wrong(node, type, name); break;
            case QuantityType quantity when Quantity.Read(node, quantity) is null: Wrong(node, type, name); break;
            case BooleanType when node.Scalar is not { Kind: DvcValueKind.Boolean }: Wrong(node, type, name); break;
            case TextType when node.Scalar is null or { Kind: DvcValueKind.Null }: Wrong(node, type, name); break;
            case ChoiceType choice when node.Scalar is not { Kind: DvcValueKind.Text } || !choice.Values.Contains(node.Scalar.Text, StringComparer.Ordinal):
                Add(node.Line, node.Column, $"{name} must be {type.Expected}, not {node.Seen}{Suggestion.For(node.Scalar?.Text ?? "", choice.Values)}");
                break;
        }
    }

    private void Map(ConfigNode node, MapType map, string name)
    {
        if (node.Entries is not { } entries)
        {
            if (!node.IsNull || map.Fields.Any(field => field.IsRequired) || map.ExactlyOne.Count > 0)
                Wrong(node, map, name);
            return;
        }

        var known = map.Fields.Select(field => field.Name).ToList();
        foreach (ConfigEntry entry in entries)
        {
            if (map.Fields.FirstOrDefault(field => field.Name == entry.Key) is { } field)
                Check(entry.Value, field.Type, field.Name);
            else if (!map.IsOpen)
                Add(entry.Line, entry.Column, $"unknown key '{entry.Key}' in {name}{Suggestion.For(entry.Key, known)}; known: {string.Join(", ", known)}");
        }

        foreach (ConfigField field in map.Fields.Where(field => field.IsRequired && !entries.Any(entry => entry.Key == field.Name)))
            Add(node.Line, node.Column, $"{name} lacks '{field.Name}': {field.Description}");
        var chosen = entries.Where(entry => map.ExactlyOne.Contains(entry.Key, StringComparer.Ordinal)).ToList();
        bool misspelt = entries.Any(entry => !known.Contains(entry.Key, StringComparer.Ordinal));
        if (map.ExactlyOne.Count > 0 && (chosen.Count > 1 || (chosen.Count == 0 && !misspelt)))
            Add(node.Line, node.Column, $"{name} must have exactly one of {string.Join(", ", map.ExactlyOne)}{(chosen.Count > 1 ? $", not {string.Join(" and ", chosen.Select(entry => entry.Key))}" : "")}");
    }

    private void List(ConfigNode node, ListType list, string name)
    {
        if (node.Items is { } items)
        {
            for (int i = 0; i < items.Count; i++)
                Check(items[i], list.Item, $"{name}[{i}]");
        }
        else if (list.OneWillDo && node.Entries is null)
        {
            Check(node, list.Item, name);
        }
        else
        {
            Wrong(node, list, name);
        }
    }

    private static bool IsNumber(ConfigNode node, NumberType type) =>
        node.Scalar is { IsNumeric: true } number && double.IsFinite(number.AsDouble)
        && !(number.AsDouble < type.Least) && !(number.AsDouble > type.Most)
        && (!type.IsWhole || number.Kind == DvcValueKind.Integer);

    private void Wrong(ConfigNode node, ConfigType type, string name)
    {
        if (type is MapType { IsSecret: true } secret && !node.IsNull)
            Add(node.Line, node.Column, $"{name} must be {secret.Expected}: a secret does not belong into this file");
        else
            Refuse(node, type, name);
    }

    private void Refuse(ConfigNode node, ConfigType type, string name) => Add(node.Line, node.Column, $"{name} must be {type.Expected}, not {node.Seen}");

    private void Add(int line, int column, string message) => _errors.Add(new ConfigError(file, line, column, message));
}
