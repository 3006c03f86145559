using System.Text;
using System.Text.RegularExpressions;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Templating;

/// <summary>Fills <c>${…}</c> in. A text that is one expression keeps the value's type, anything else becomes text.</summary>
/// <param name="context">Where values come from.</param>
/// <param name="isBooleanOptional"><c>parsing.bool = boolean_optional</c>.</param>
/// <param name="appendsLists"><c>parsing.list = append</c>.</param>
internal sealed partial class Interpolation(TemplateContext context, bool isBooleanOptional, bool appendsLists)
{
    public TemplateContext Context { get; } = context;

    /// <summary>Same settings, other values.</summary>
    public Interpolation With(TemplateContext other) => new(other, isBooleanOptional, appendsLists);

    /// <summary>Fills in a tree, keys of maps included.</summary>
    /// <param name="value">What may hold expressions.</param>
    /// <param name="where">For messages.</param>
    /// <param name="isCommand">A map may be filled in: it becomes options.</param>
    public DvcValue Fill(DvcValue value, string where, bool isCommand = false) => value.Kind switch
    {
        DvcValueKind.Text => Fill(value.Text, where, isCommand),
        DvcValueKind.List => DvcValue.Of([.. value.Items.Select(item => Fill(item, where, isCommand))]),
        DvcValueKind.Map => DvcValue.Of([.. value.Entries.Select(entry => KeyValuePair.Create(PythonText.Text(Fill(entry.Key, where, isCommand: false)), Fill(entry.Value, $"{where}.{entry.Key}", isCommand)))]),
        _ => value,
    };

    /// <summary>The value that one expression names; null when the text is anything else.</summary>
    public DvcValue? Source(string text, string where) => Expression().Match(text) is { Success: true } match && match.Length == text.Length ? Context.Find(match.Groups["inner"].Value, where) : null;

    private DvcValue Fill(string text, string where, bool isCommand)
    {
        if (!text.Contains("${", StringComparison.Ordinal))
            return DvcValue.Of(text);
        if (Source(text, where) is { } whole && !(isCommand && whole.Kind == DvcValueKind.Map))
            return Scalar(whole, text, where);
        string filled = Expression().Replace(text, match => Text(Context.Find(match.Groups["inner"].Value, where), match.Value, where, isCommand));
        return DvcValue.Of(filled.Replace(@"\${", "${", StringComparison.Ordinal));
    }

    private string Text(DvcValue value, string expression, string where, bool isCommand)
    {
        if (isCommand && value.Kind == DvcValueKind.Map)
            return Options(value);
        Scalar(value, expression, where);
        return value.Kind == DvcValueKind.Boolean ? (value.Boolean ? "true" : "false") : PythonText.Text(value);
    }

    private static DvcValue Scalar(DvcValue value, string expression, string where) => value.Kind is DvcValueKind.List or DvcValueKind.Map
        ? throw new DvcException($"{where}: cannot interpolate '{expression}', which is a {(value.Kind == DvcValueKind.Map ? "map" : "list")}; name one value of it")
        : value;

    private string Options(DvcValue map)
    {
        var options = new List<string>();
        foreach ((string key, DvcValue value) in ValueFlattening.Params(map))
        {
            switch (value.Kind)
            {
                case DvcValueKind.Boolean when value.Boolean:
                    options.Add($"--{key}");
                    break;
                case DvcValueKind.Boolean:
                    if (isBooleanOptional)
                        options.Add($"--no-{key}");
                    break;
                case DvcValueKind.List when appendsLists:
                    options.AddRange(value.Items.Select(item => $"--{key} {Shell(item)}"));
                    break;
                case DvcValueKind.List:
                    options.Add($"--{key} {string.Join(' ', value.Items.Select(Shell))}");
                    break;
                default:
                    options.Add($"--{key} {Shell(value)}");
                    break;
            }
        }

        return string.Join(' ', options);
    }

    // As Python's shlex.quote; numbers need none.
    private static string Shell(DvcValue value)
    {
        string text = PythonText.Text(value);
        if (value.Kind != DvcValueKind.Text)
            return text;
        bool isSafe = text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "@%+=:,./-_".Contains(c, StringComparison.Ordinal));
        if (isSafe)
            return text;
        return new StringBuilder("'").Append(text.Replace("'", "'\"'\"'", StringComparison.Ordinal)).Append('\'').ToString();
    }

    [GeneratedRegex(@"(?<!\\)\$\{(?<inner>.*?)\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Expression();
}
