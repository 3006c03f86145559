namespace CmlNet.Cli;

/// <summary>The process's surroundings, handed to every command so that tests can run a command without a process.</summary>
internal sealed record CliHost
{
    /// <summary>Results only: what a script would capture.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Everything else: progress, warnings, errors.</summary>
    public required TextWriter Error { get; init; }

    public required TextReader In { get; init; }

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
            Out = Console.Out,
            Error = Console.Error,
            In = Console.In,
            Environment = environment,
            WorkingDirectory = System.Environment.CurrentDirectory,
            Time = TimeProvider.System,
            IsTerminal = !Console.IsOutputRedirected,
        };
    }
}
