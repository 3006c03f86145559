using System.CommandLine;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Sources;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary>What is to be otherwise than in the configuration of another project.</summary>
internal sealed class SourceOptions
{
    private readonly Option<string?> _remote = new("--remote") { Description = "Its remote to take data from.", HelpName = "NAME" };
    private readonly Option<string?> _config = new("--config") { Description = "A configuration file that is added to its own.", HelpName = "FILE" };
    private readonly Option<string[]> _options = new("--remote-config") { Description = "An option of that remote; may be given again.", HelpName = "OPTION=VALUE", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_remote, _config, _options])
            command.Add(option);
    }

    /// <exception cref="DvcException">There is no such file, or an option has no value.</exception>
    public SourceSettings Read(ParseResult parsed, CliHost host)
    {
        string? file = parsed.GetValue(_config) is { } name ? Path.GetFullPath(name, host.WorkingDirectory) : null;
        if (file is not null && !File.Exists(file))
            throw new DvcException($"--config {file}: there is no such file", DvcException.Usage);
        string? remote = parsed.GetValue(_remote);
        IReadOnlyList<KeyValuePair<string, string>> options = [.. (parsed.GetValue(_options) ?? []).Select(Split)];
        return file is null && remote is null && options.Count == 0 ? SourceSettings.None : new SourceSettings { Remote = remote, ConfigFile = file, RemoteOptions = options };
    }

    private static KeyValuePair<string, string> Split(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and int equals ? KeyValuePair.Create(text[..equals], text[(equals + 1)..]) : throw new DvcException($"--remote-config '{text}': write option=value", DvcException.Usage);
}
