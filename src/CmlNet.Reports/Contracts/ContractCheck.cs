using System.Globalization;
using CmlNet.Reports.Data;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Contracts;

/// <summary>Holds data against rules.</summary>
internal static class ContractCheck
{
    private const int MostNamed = 5;

    public static IReadOnlyList<ContractViolation> Check(DataTable data, IReadOnlyList<ColumnRule> rules)
    {
        var violations = new List<ContractViolation>();
        foreach (ColumnRule rule in rules)
        {
            if (data.Find(rule.Name) is { } column)
                violations.AddRange(Check(column, rule));
            else if (!rule.IsOptional)
                violations.Add(new ContractViolation(rule.Name, "the column is there", "absent"));
        }

        return violations;
    }

    private static IEnumerable<ContractViolation> Check(DataColumn column, ColumnRule rule)
    {
        long values = column.Rows - column.Missing;
        string type = column.Numbers is null ? "text" : column.IsInteger ? "integer" : "number";
        if (values > 0 && rule.Type is { } wanted && wanted != type && !(wanted == "number" && type == "integer") && !(wanted == "text" && rule.Values is not null))
            yield return new ContractViolation(column.Name, $"type {wanted}", type);
        if (column.MissingShare > rule.MostMissing + 1e-12)
            yield return new ContractViolation(column.Name, $"missing ≤ {Percent(rule.MostMissing ?? 0)}", Percent(column.MissingShare));
        if (column.Numbers is { } numbers && Outside(numbers, rule) is var outside and > 0 && outside > rule.OutsideShare * numbers.Length)
            yield return new ContractViolation(column.Name, Range(rule), $"{FiveDigits.Format(numbers[0])} to {FiveDigits.Format(numbers[^1])}; {outside} of {numbers.Length} values are outside");
        if (rule.Values is not { } allowed)
            yield break;
        if (column.Categories is not { } categories)
        {
            yield return new ContractViolation(column.Name, $"one of {allowed.Count} values", "too many different values");
            yield break;
        }

        List<string> unknown = [.. categories.Keys.Except(allowed, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (unknown.Count > 0)
            yield return new ContractViolation(column.Name, $"one of {string.Join(", ", allowed.Take(MostNamed))}{(allowed.Count > MostNamed ? ", …" : "")}", $"{string.Join(", ", unknown.Take(MostNamed))}{(unknown.Count > MostNamed ? $" and {unknown.Count - MostNamed} more" : "")} ({unknown.Sum(value => categories[value])} rows)");
    }

    private static long Outside(double[] sorted, ColumnRule rule)
    {
        long count = 0;
        foreach (double value in sorted)
            count += value < rule.Least || value > rule.Greatest ? 1 : 0;
        return count;
    }

    private static string Range(ColumnRule rule) => (rule.Least, rule.Greatest) switch
    {
        ({ } least, { } greatest) => $"{FiveDigits.Format(least)} to {FiveDigits.Format(greatest)}{(rule.OutsideShare > 0 ? $", but for {Percent(rule.OutsideShare)}" : "")}",
        ({ } least, null) => $"≥ {FiveDigits.Format(least)}",
        (null, { } greatest) => $"≤ {FiveDigits.Format(greatest)}",
        _ => "",
    };

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.##} %");
}
