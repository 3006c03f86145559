using System.CommandLine;
using CmlNet.Runner.Configuration;

namespace CmlNet.Cli.Commands.Runners;

/// <summary>Options that several runner commands have, and what they come to.</summary>
internal static class RunnerOptions
{
    public static Option<string> Config() => new("--config", "-c") { Description = "The daemon's configuration.", DefaultValueFactory = _ => RunnerConfiguration.FileName };

    /// <summary>Where the unit of <c>deploy/</c> has its socket, as long as it is running.</summary>
    private const string UnitDirectory = "/run/cml-runner";

    public static Option<string?> Socket() => new("--socket") { Description = $"The daemon's control socket (default: that of runner.yaml here, of the user's own daemon, or {UnitDirectory}/runner.sock)." };

    public static RunnerConfiguration Read(CliHost host, string path) =>
        RunnerConfigurationReader.ReadFile(Path.Combine(host.WorkingDirectory, path), path, name => host.Environment.GetValueOrDefault(name));

    /// <summary>Where the daemon listens that a command is meant for.</summary>
    /// <param name="host">The surroundings.</param>
    /// <param name="given">As the command line says.</param>
    /// <param name="unitDirectory">Another place of the unit's.</param>
    public static string FindSocket(CliHost host, string? given, string unitDirectory = UnitDirectory)
    {
        if (given is not null)
            return Path.Combine(host.WorkingDirectory, given);
        string here = Path.Combine(host.WorkingDirectory, RunnerConfiguration.FileName);
        string usual = RunnerConfigurationReader.DefaultSocket(name => host.Environment.GetValueOrDefault(name));
        string own = File.Exists(here) ? Read(host, RunnerConfiguration.FileName).SocketPath : usual;
        // A file that names another place means the daemon there. The unit's folder is looked for by itself: who may not enter it is told so.
        return own == usual && !File.Exists(own) && Directory.Exists(unitDirectory) ? Path.Combine(unitDirectory, "runner.sock") : own;
    }
}
