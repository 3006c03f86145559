using System.CommandLine;

namespace CmlNet.Cli.Compatibility;

/// <summary>
/// The options of a CML command by yargs' rules: kebab-case and camelCase spellings, <c>--x</c>, <c>--x=true|false</c> and
/// <c>--no-x</c>, and <c>CML_&lt;GROUP&gt;_X</c> where the command line is silent.
/// </summary>
internal sealed class OptionGroup
{
    private readonly List<OptionEntry> _entries = [];

    /// <param name="prefixes">The group's environment prefix, e.g. <c>CML_COMMENT_</c>, then its legacy ones.</param>
    public OptionGroup(params string[] prefixes)
    {
        Prefixes = prefixes;
        Choice("log", "Logging verbosity", "info", Logging.LevelName.All);
        Text("driver", "Code host: github, gitlab, gitea, bitbucket, or local (default: inferred)");
        Text("repo", "Repository: URL or owner/name (default: inferred)");
        Text("driver-token", "Token of the code host (default: inferred)", aliases: ["token"]);
    }

    public IReadOnlyList<string> Prefixes { get; }

    public IReadOnlyList<OptionEntry> Entries => _entries;

    /// <summary>Variables that begin as the group's do, and are no option's: secrets, which arguments would show to everybody.</summary>
    public IReadOnlyList<string> OtherVariables { get; init; } = [];

    public OptionGroup Flag(string name, string description, bool initial = false, bool isHidden = false, string[]? aliases = null)
    {
        var option = new Option<bool>("--" + name, Spellings(name, aliases)) { Description = WithDefault(description, initial ? "true" : null), Hidden = isHidden, Arity = ArgumentArity.ZeroOrOne };
        var negative = new Option<bool>("--no-" + name, [.. Spellings("no-" + name, [.. (aliases ?? []).Where(a => a.Length > 1).Select(a => "no-" + a)])]) { Hidden = true, Arity = ArgumentArity.ZeroOrOne };
        _entries.Add(new OptionEntry(name, aliases ?? [], option, negative, initial ? "true" : "false"));
        return this;
    }

    public OptionGroup Text(string name, string description, string? initial = null, bool isHidden = false, string[]? aliases = null)
    {
        _entries.Add(new OptionEntry(name, aliases ?? [], TextOption(name, WithDefault(description, initial), isHidden, aliases), null, initial));
        return this;
    }

    /// <summary>A value that may be given several times. In the environment, one on each line.</summary>
    public OptionGroup List(string name, string description)
    {
        var option = new Option<string[]>("--" + name, Spellings(name, null)) { Description = description, Arity = ArgumentArity.ZeroOrMore, AllowMultipleArgumentsPerToken = false };
        _entries.Add(new OptionEntry(name, [], option, null, null));
        return this;
    }

    public OptionGroup Choice(string name, string description, string initial, IReadOnlyList<string> choices)
    {
        Option<string> option = TextOption(name, WithDefault(description, initial), isHidden: false, aliases: null);
        option.AcceptOnlyFromAmong([.. choices]);
        _entries.Add(new OptionEntry(name, [], option, null, initial) { Choices = choices });
        return this;
    }

    public Command AddTo(Command command)
    {
        foreach (OptionEntry entry in _entries)
        {
            command.Options.Add(entry.Option);
            if (entry.Negative is { } negative)
                command.Options.Add(negative);
        }

        return command;
    }

    private static string WithDefault(string description, string? initial) =>
        string.IsNullOrEmpty(initial) || description.Contains("(default", StringComparison.Ordinal) ? description : $"{description} (default: {initial})";

    private static Option<string> TextOption(string name, string description, bool isHidden, string[]? aliases) =>
        new("--" + name, Spellings(name, aliases))
        {
            Description = description,
            Hidden = isHidden,
            Arity = ArgumentArity.ExactlyOne,
            // Given twice, the last one counts.
            AllowMultipleArgumentsPerToken = false,
            CustomParser = static result => result.Tokens[^1].Value,
        };

    private static string[] Spellings(string name, string[]? aliases)
    {
        IEnumerable<string> all = [Camel(name), .. (aliases ?? []).SelectMany(a => (string[])[a, Camel(a)])];
        return [.. all.Where(s => s != name).Distinct(StringComparer.Ordinal).Select(s => s.Length == 1 ? "-" + s : "--" + s)];
    }

    private static string Camel(string name)
    {
        string[] parts = name.Split('-');
        return parts[0] + string.Concat(parts.Skip(1).Select(p => char.ToUpperInvariant(p[0]) + p[1..]));
    }
}
