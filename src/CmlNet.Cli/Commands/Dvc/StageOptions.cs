using System.CommandLine;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Values;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>A stage given on the command line.</summary>
internal sealed class StageOptions
{
    private readonly Argument<string[]> _command = new("COMMAND") { Description = "What it runs.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _name = new("--name", "-n") { Description = "Its name.", HelpName = "NAME" };
    private readonly Option<string?> _folder = new("--wdir", "-w") { Description = "Folder it runs in.", HelpName = "PATH" };
    private readonly Option<string?> _description = new("--desc") { Description = "What it is for.", HelpName = "TEXT" };
    private readonly Option<bool> _alwaysChanged = new("--always-changed") { Description = "Run it every time." };
    private readonly Option<string[]> _deps = Many("--deps", "-d", "A file or folder it reads.");
    private readonly Option<string[]> _params = Many("--params", "-p", "[FILE:]KEY,KEY it reads; FILE: for all of it.");
    private readonly (string Section, bool IsCached, bool IsPersistent, Option<string[]> Option)[] _outputs =
    [
        ("outs", true, false, Many("--outs", "-o", "What it makes.")),
        ("outs", false, false, Many("--outs-no-cache", "-O", "What it makes, kept by git.")),
        ("outs", true, true, Many("--outs-persist", null, "What it makes and finds again.")),
        ("outs", false, true, Many("--outs-persist-no-cache", null, "Likewise, kept by git.")),
        ("metrics", true, false, Many("--metrics", "-m", "Metrics.")),
        ("metrics", false, false, Many("--metrics-no-cache", "-M", "Metrics, kept by git.")),
        ("plots", true, false, Many("--plots", null, "Plots.")),
        ("plots", false, false, Many("--plots-no-cache", null, "Plots, kept by git.")),
    ];

    public void AddTo(Command command)
    {
        command.Add(_command);
        foreach (Option option in (Option[])[_name, _folder, _description, _alwaysChanged, _deps, _params, .. _outputs.Select(output => output.Option)])
            command.Add(option);
    }

    public string Name(ParseResult parsed) => parsed.GetValue(_name) ?? throw new DvcException("`-n|--name` is required", DvcException.Usage);

    /// <summary>As <c>dvc.yaml</c> has it, in DVC's order of keys.</summary>
    public DvcValue Definition(ParseResult parsed)
    {
        string[] words = parsed.GetValue(_command) ?? [];
        if (words.Length == 0)
            throw new DvcException("a command is required", DvcException.Usage);
        var entries = new List<KeyValuePair<string, DvcValue>>();
        if (parsed.GetValue(_description) is { } description)
            entries.Add(KeyValuePair.Create("desc", DvcValue.Of(description)));
        entries.Add(KeyValuePair.Create("cmd", DvcValue.Of(words.Length == 1 ? words[0] : string.Join(' ', words.Select(Quoted)))));
        if (parsed.GetValue(_folder) is { } folder)
            entries.Add(KeyValuePair.Create("wdir", DvcValue.Of(folder)));
        if (parsed.GetValue(_deps) is { Length: > 0 } deps)
            entries.Add(KeyValuePair.Create("deps", DvcValue.Of([.. deps.Distinct(StringComparer.Ordinal).Order(CodePointComparer.Instance).Select(DvcValue.Of)])));
        if (Params(parsed.GetValue(_params) ?? []) is { Items.Count: > 0 } parameters)
            entries.Add(KeyValuePair.Create("params", parameters));
        foreach (string section in (string[])["outs", "metrics", "plots"])
        {
            List<(string Path, DvcValue Value)> items = [.. _outputs.Where(output => output.Section == section).SelectMany(output => (parsed.GetValue(output.Option) ?? []).Select(path => (path, Item(path, output.IsCached, output.IsPersistent))))];
            if (items.Count > 0)
                entries.Add(KeyValuePair.Create(section, DvcValue.Of([.. items.OrderBy(item => item.Path, CodePointComparer.Instance).Select(item => item.Value)])));
        }

        if (parsed.GetValue(_alwaysChanged))
            entries.Add(KeyValuePair.Create("always_changed", DvcValue.Of(true)));
        return DvcValue.Of(entries);
    }

    private static DvcValue Item(string path, bool isCached, bool isPersistent)
    {
        var options = new List<KeyValuePair<string, DvcValue>>();
        if (!isCached)
            options.Add(KeyValuePair.Create("cache", DvcValue.Of(false)));
        if (isPersistent)
            options.Add(KeyValuePair.Create("persist", DvcValue.Of(true)));
        return options.Count == 0 ? DvcValue.Of(path) : DvcValue.Of([KeyValuePair.Create(path, DvcValue.Of(options))]);
    }

    private static DvcValue Params(string[] given)
    {
        var files = new OrderedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (string item in given)
        {
            int colon = item.IndexOf(':', StringComparison.Ordinal);
            (string file, string keys) = colon < 0 ? ("params.yaml", item) : (item[..colon], item[(colon + 1)..]);
            if (!files.TryGetValue(file, out List<string>? known))
                files[file] = known = [];
            known.AddRange(keys.Split(',', StringSplitOptions.RemoveEmptyEntries));
        }

        var items = new List<DvcValue>();
        foreach ((string file, List<string> keys) in files.OrderBy(file => file.Key != "params.yaml"))
        {
            if (file == "params.yaml" && keys.Count > 0)
                items.AddRange(keys.Order(CodePointComparer.Instance).Select(DvcValue.Of));
            else
                items.Add(DvcValue.Of([KeyValuePair.Create(file, keys.Count == 0 ? DvcValue.Null : DvcValue.Of([.. keys.Order(CodePointComparer.Instance).Select(DvcValue.Of)]))]));
        }

        return DvcValue.Of(items);
    }

    private static string Quoted(string word) => word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || "@%+=:,./-_{}$".Contains(c, StringComparison.Ordinal)) ? word : $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static Option<string[]> Many(string name, string? alias, string description)
    {
        var option = new Option<string[]>(name) { Description = description, DefaultValueFactory = _ => [], HelpName = "PATH" };
        if (alias is not null)
            option.Aliases.Add(alias);
        return option;
    }
}
