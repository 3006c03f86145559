using System.CommandLine;

namespace CmlNet.Cli.Compatibility;

/// <summary>The values of a group's options: from the command line, else from the environment, else the defaults.</summary>
internal sealed class OptionValues
{
    // CML copies these onto every group, over the group's own.
    private static readonly string[] Global = ["DRIVER", "DRIVER_TOKEN", "LOG", "REPO", "TOKEN"];

    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _initial = new(StringComparer.Ordinal);

    public OptionValues(OptionGroup group, ParseResult parsed, IReadOnlyDictionary<string, string> environment)
    {
        foreach (OptionEntry entry in group.Entries)
        {
            _initial[entry.Name] = entry.Initial;
            ReadCommandLine(entry, parsed);
            ReadEnvironment(entry, group, environment);
        }

        var known = group.Entries.SelectMany(e => e.VariableNames).ToHashSet(StringComparer.Ordinal);
        UnknownVariables =
        [
            .. environment.Keys.Where(name => !group.OtherVariables.Contains(name, StringComparer.Ordinal) && group.Prefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal) && !known.Contains(name[p.Length..]))).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Variables with the group's prefix that name no option. CML fails on them; a warning does.</summary>
    public IReadOnlyList<string> UnknownVariables { get; }

    /// <summary>The values of an option that may be given several times.</summary>
    public IReadOnlyList<string> List(string name) => Text(name)?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Whether the command has such an option.</summary>
    public bool Has(string name) => _initial.ContainsKey(name);

    /// <summary>Whether the command has the flag and it is set.</summary>
    public bool IsOn(string name) => Has(name) && Flag(name);

    public string? Text(string name) => Given(name) ?? _initial[name];

    /// <summary>The value from the command line only.</summary>
    public string? FromCommandLine(string name) => _given.GetValueOrDefault(name);

    /// <summary>The value from the environment only.</summary>
    public string? FromEnvironment(string name) => _environment.GetValueOrDefault(name);

    public bool Flag(string name) => string.Equals(Text(name), "true", StringComparison.OrdinalIgnoreCase);

    public bool IsGiven(string name) => Given(name) is { } value && !value.Equals("false", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="CliException">Both are given.</exception>
    public void Exclude(string one, string other)
    {
        if (IsGiven(one) && IsGiven(other))
            throw new CliException(ExitCodes.Failure, $"Arguments {one} and {other} are mutually exclusive") { IsUsage = true };
    }

    private string? Given(string name) => _given.GetValueOrDefault(name) ?? _environment.GetValueOrDefault(name);

    private void ReadCommandLine(OptionEntry entry, ParseResult parsed)
    {
        if (entry.Option is Option<bool> flag)
        {
            if (parsed.GetResult(flag) is { Implicit: false })
                _given[entry.Name] = parsed.GetValue(flag) ? "true" : "false";
            if (entry.Negative is { } negative && parsed.GetResult(negative) is { Implicit: false })
                _given[entry.Name] = parsed.GetValue(negative) ? "false" : "true";
        }
        else if (entry.Option is Option<string> text && parsed.GetResult(text) is { Implicit: false } && parsed.GetValue(text) is { } value)
        {
            _given[entry.Name] = value;
        }
        else if (entry.Option is Option<string[]> list && parsed.GetResult(list) is { Implicit: false } && parsed.GetValue(list) is { } values)
        {
            _given[entry.Name] = string.Join('\n', values);
        }
    }

    private void ReadEnvironment(OptionEntry entry, OptionGroup group, IReadOnlyDictionary<string, string> environment)
    {
        IEnumerable<string> names = entry.VariableNames.Where(n => Global.Contains(n, StringComparer.Ordinal)).Select(n => "CML_" + n)
            .Concat(group.Prefixes.SelectMany(p => entry.VariableNames.Select(n => p + n)));
        if (names.Select(environment.GetValueOrDefault).FirstOrDefault(v => !string.IsNullOrEmpty(v)) is not { } value)
            return;
        if (entry.Choices is { } choices && !choices.Contains(value, StringComparer.Ordinal))
            throw new CliException(ExitCodes.Failure, $"Invalid value for {entry.Name}: \"{value}\"; choices: {string.Join(", ", choices)}");
        _environment[entry.Name] = value;
    }
}
