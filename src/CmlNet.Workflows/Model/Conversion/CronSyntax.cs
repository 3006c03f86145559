namespace CmlNet.Workflows.Model.Conversion;

/// <summary>The five fields of <c>schedule</c>: numbers or names in their range, <c>*</c>, ranges, steps and lists of them.</summary>
internal static class CronSyntax
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private static readonly (int First, int Last, string[] Names)[] Fields = [(0, 59, []), (0, 23, []), (1, 31, []), (1, 12, Months), (0, 6, Days)];

    public static bool IsValid(string text)
    {
        string[] parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == Fields.Length && parts.Zip(Fields).All(pair => pair.First.Split(',').All(item => IsItem(item, pair.Second)));
    }

    private static bool IsItem(string item, (int First, int Last, string[] Names) field)
    {
        string[] halves = item.Split('/');
        if (halves.Length > 2 || (halves.Length == 2 && !(Number(halves[1]) is { } step && step > 0)))
            return false;
        if (halves[0] == "*")
            return true;
        string[] ends = halves[0].Split('-');
        return ends.Length <= 2 && Value(ends[0], field) is { } first && Value(ends[^1], field) is { } last && first <= last;
    }

    private static int? Value(string text, (int First, int Last, string[] Names) field)
    {
        int name = Array.FindIndex(field.Names, known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (name >= 0)
            return name + field.First;
        return Number(text) is { } number && number >= field.First && number <= field.Last ? number : null;
    }

    private static int? Number(string text) => text.Length is > 0 and < 5 && text.All(char.IsAsciiDigit) ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;
}
