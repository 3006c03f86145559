using CmlNet.Cli.Commands.Metrics;

namespace CmlNet.Cli;

/// <summary>The process's surroundings, handed to every command so that tests can run a command without a process.</summary>
internal sealed record CliHost
{
    private bool? _isTerminal;

    /// <summary>Results only: what a script would capture.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Everything else: progress, warnings, errors.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input unless given; opened when it is first asked for, as a terminal takes a while.</summary>
    public TextReader In { get => field ??= Console.In; init; }

    /// <summary>The process's own unless given.</summary>
    public IReadOnlyDictionary<string, string> Environment { get => field ??= ReadEnvironment(); init; }

    public required string WorkingDirectory { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Standard output is a terminal; asked of the system unless given.</summary>
    public bool IsTerminal { get => _isTerminal ??= !Console.IsOutputRedirected; init => _isTerminal = value; }

    /// <summary>Null when whoever needs git starts it.</summary>
    public EarlyGit? Git { get; init; }

    public static CliHost FromProcess(EarlyGit? git) => new()
    {
        Out = StandardStream.OpenOutput(),
        Error = StandardStream.OpenError(),
        WorkingDirectory = System.Environment.CurrentDirectory,
        Time = TimeProvider.System,
        Git = git,
    };

    private static Dictionary<string, string> ReadEnvironment()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
            environment[(string)entry.Key] = (string?)entry.Value ?? "";
        return environment;
    }
}
