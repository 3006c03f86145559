using CmlNet.Dvc.Project;
using CmlNet.Dvc.Templating;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Pipelines;

/// <summary>The stages that one entry under <c>stages:</c> stands for: itself, or one for each item of <c>foreach</c> or combination of <c>matrix</c>.</summary>
internal static class StageExpansion
{
    private const int MostStages = 100_000;

    /// <summary>Names with their definitions and the context to fill them in.</summary>
    public static IEnumerable<(string Name, DvcValue Definition, Interpolation Template)> Expand(string name, DvcValue entry, Interpolation template)
    {
        if (entry.Kind != DvcValueKind.Map)
            throw new DvcException($"stage '{name}': expected a map with cmd");
        if (entry.Find("foreach") is { } items)
            return ForEach(name, items, entry.Find("do") ?? throw new DvcException($"stage '{name}': foreach needs do"), template);
        return entry.Find("matrix") is { } axes
            ? Matrix(name, axes, DvcValue.Of([.. entry.Entries.Where(item => item.Key != "matrix")]), template)
            : [(name, entry, template)];
    }

    private static IEnumerable<(string Name, DvcValue Definition, Interpolation Template)> ForEach(string name, DvcValue items, DvcValue definition, Interpolation template)
    {
        DvcValue source = Source(items, template, $"stages.{name}.foreach");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        bool isComposite = source.Items.Any(item => item.Kind is DvcValueKind.Map or DvcValueKind.List);
        IEnumerable<(string Key, DvcValue Item, bool HasKey)> entries = source.Kind == DvcValueKind.Map
            ? source.Entries.Select(item => (item.Key, item.Value, true))
            : source.Items.Select((item, index) => (isComposite ? index.ToString(System.Globalization.CultureInfo.InvariantCulture) : Text(item), item, false));
        foreach ((string key, DvcValue item, bool hasKey) in entries)
        {
            if (!seen.Add(key))
                continue;
            TemplateContext context = template.Context.Clone();
            context.Set("item", item);
            if (hasKey)
                context.Set("key", DvcValue.Of(key));
            yield return ($"{name}@{key}", definition, template.With(context));
        }
    }

    private static IEnumerable<(string Name, DvcValue Definition, Interpolation Template)> Matrix(string name, DvcValue axes, DvcValue definition, Interpolation template)
    {
        IEnumerable<(string Key, List<KeyValuePair<string, DvcValue>> Item)> combinations = [("", [])];
        long count = 1;
        foreach ((string axis, DvcValue values) in axes.Entries)
        {
            DvcValue source = Source(values, template, $"stages.{name}.matrix.{axis}");
            if ((count *= source.Items.Count) > MostStages)
                throw new DvcException($"stage '{name}': the matrix has more than {MostStages} combinations");
            combinations = combinations.SelectMany(combination => source.Items.Select((value, index) => (
                (combination.Key.Length == 0 ? "" : combination.Key + "-") + (value.Kind is DvcValueKind.Map or DvcValueKind.List ? $"{axis}{index}" : Text(value)),
                new List<KeyValuePair<string, DvcValue>>([.. combination.Item, KeyValuePair.Create(axis, value)]))));
        }

        foreach ((string key, List<KeyValuePair<string, DvcValue>> item) in combinations)
        {
            TemplateContext context = template.Context.Clone();
            context.Set("item", DvcValue.Of(item));
            context.Set("key", DvcValue.Of(key));
            yield return ($"{name}@{key}", definition, template.With(context));
        }
    }

    private static DvcValue Source(DvcValue value, Interpolation template, string where)
    {
        DvcValue source = value.Kind == DvcValueKind.Text ? template.Source(value.Text, where) ?? value : value;
        if (source.Kind is not (DvcValueKind.List or DvcValueKind.Map))
            throw new DvcException($"{where}: expected a list or a map");
        // Items may be expressions themselves.
        return source.Kind == DvcValueKind.List
            ? DvcValue.Of([.. source.Items.Select(item => item.Kind == DvcValueKind.Text ? template.Source(item.Text, where) ?? template.Fill(item, where) : item)])
            : source;
    }

    private static string Text(DvcValue value) => value.Kind == DvcValueKind.Boolean ? (value.Boolean ? "true" : "false") : PythonText.Text(value);
}
