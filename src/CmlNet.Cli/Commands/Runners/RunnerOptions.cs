using System.CommandLine;
using CmlNet.Runner.Configuration;

namespace CmlNet.Cli.Commands.Runners;

/// <summary>Options that several runner commands have, and what they come to.</summary>
internal static class RunnerOptions
{
    public static Option<string> Config() => new("--config", "-c") { Description = "The daemon's configuration.", DefaultValueFactory = _ => RunnerConfiguration.FileName };

    public static Option<string?> Socket() => new("--socket") { Description = "The daemon's control socket (default: that of runner.yaml here, or of the user's own daemon)." };

    public static RunnerConfiguration Read(CliHost host, string path) =>
        RunnerConfigurationReader.ReadFile(Path.Combine(host.WorkingDirectory, path), path, name => host.Environment.GetValueOrDefault(name));

    /// <summary>Where the daemon listens that a command is meant for.</summary>
    public static string FindSocket(CliHost host, string? given)
    {
        if (given is not null)
            return Path.Combine(host.WorkingDirectory, given);
        string here = Path.Combine(host.WorkingDirectory, RunnerConfiguration.FileName);
        return File.Exists(here) ? Read(host, RunnerConfiguration.FileName).SocketPath : RunnerConfigurationReader.DefaultSocket(name => host.Environment.GetValueOrDefault(name));
    }
}
