using CmlNet.Reports.Configuration;
using CmlNet.Reports.Data;

namespace CmlNet.Reports.Contracts;

/// <summary>Rules from the configuration, and those learned from a reference.</summary>
internal static class ContractRules
{
    /// <summary>A learned rule lets this share more of the rows be without a value, and this share of the values lie outside the range: single oddities are no broken feature.</summary>
    private const double MoreMissing = 0.05;

    private const double Outside = 0.01;
    private const int MostCategories = 100;

    public static IReadOnlyList<ColumnRule> Declared(ConfigNode options) =>
    [
        .. (options.Find("columns")?.Items ?? []).Select(column => new ColumnRule
        {
            Name = column.Text("name") ?? "",
            Type = column.Text("type"),
            MostMissing = column.Number("missing"),
            Least = column.Number("min"),
            Greatest = column.Number("max"),
            Values = column.Find("values") is null ? null : column.Texts("values"),
            IsOptional = column.Flag("optional"),
        }),
    ];

    /// <summary>Rules on columns that no data could keep to. What is of a wrong type was said already, and is passed over.</summary>
    public static IEnumerable<ConfigError> Defects(ConfigNode options, string file)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ConfigNode column in options.Find("columns")?.Items ?? [])
        {
            if (column.Find("name") is { AsText: { } name } named && !names.Add(name))
                yield return new ConfigError(file, named.Line, named.Column, $"the column '{name}' is declared twice");
            if (column.Number("min") > column.Number("max"))
                yield return new ConfigError(file, column.Line, column.Column, "min is greater than max, so that no value could keep to it");
            foreach (ConfigEntry bound in (column.Entries ?? []).Where(entry => entry.Key is "min" or "max" && column.Text("type") == "text"))
                yield return new ConfigError(file, bound.Line, bound.Column, $"{bound.Key} goes with numbers, not with the type text");
        }
    }

    /// <summary>Declared rules win; what they leave open is learned.</summary>
    public static IReadOnlyList<ColumnRule> Learn(DataTable reference, IReadOnlyList<ColumnRule> declared)
    {
        List<ColumnRule> rules = [.. declared];
        foreach (DataColumn column in reference.Columns)
        {
            ColumnRule learned = Learn(column);
            int known = rules.FindIndex(rule => rule.Name == column.Name);
            if (known < 0)
                rules.Add(learned);
            else
                rules[known] = Merge(rules[known], learned);
        }

        return rules;
    }

    private static ColumnRule Merge(ColumnRule declared, ColumnRule learned)
    {
        bool ranged = declared.Least is not null || declared.Greatest is not null;
        return declared with
        {
            Type = declared.Type ?? learned.Type,
            MostMissing = declared.MostMissing ?? learned.MostMissing,
            Least = ranged ? declared.Least : learned.Least,
            Greatest = ranged ? declared.Greatest : learned.Greatest,
            OutsideShare = ranged ? 0 : learned.OutsideShare,
            Values = declared.Values ?? learned.Values,
        };
    }

    private static ColumnRule Learn(DataColumn column) => new()
    {
        Name = column.Name,
        Type = column.Numbers is null ? "text" : column.IsInteger ? "integer" : "number",
        MostMissing = Math.Min(1, column.MissingShare + MoreMissing),
        Least = column.Numbers?[0],
        Greatest = column.Numbers?[^1],
        OutsideShare = Outside,
        Values = column is { Numbers: null, Categories: { Count: > 0 and <= MostCategories } categories } && categories.Count * 2 <= column.Rows - column.Missing ? [.. categories.Keys.Order(StringComparer.Ordinal)] : null,
    };
}
