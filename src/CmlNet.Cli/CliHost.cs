namespace CmlNet.Cli;

/// <summary>The process's surroundings, handed to every command so that tests can run a command without a process.</summary>
internal sealed record CliHost
{
    /// <summary>Results only: what a script would capture.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Everything else: progress, warnings, errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input unless given; opened when it is first asked for, as a terminal takes a while.</summary>
    public TextReader In { get => field ??= Console.In; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required string WorkingDirectory { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Standard output is a terminal.</summary>
    public required bool IsTerminal { get; init; }

    public static CliHost FromProcess()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
            environment[(string)entry.Key] = (string?)entry.Value ?? "";
        return new CliHost
        {
            Out = StandardStream.OpenOutput(),
            Error = StandardStream.OpenError(),
            Environment = environment,
            WorkingDirectory = System.Environment.CurrentDirectory,
            Time = TimeProvider.System,
            IsTerminal = !Console.IsOutputRedirected,
        };
    }
}
