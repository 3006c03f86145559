using System.CommandLine;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;

namespace CmlNet.Cli.Commands.Dvc;

/// <summary><c>--to-remote</c> of an import: its data goes to a remote and to nowhere else.</summary>
internal sealed class ToRemoteOptions
{
    private readonly Option<bool> _toRemote = new("--to-remote") { Description = "Send the data to the remote, and to nowhere else." };
    private readonly Option<string?> _remote = new("--remote", "-r") { Description = "With --to-remote: another than the default one.", HelpName = "NAME" };
    private readonly Option<int?> _jobs = new("--remote-jobs") { Description = "As DVC takes it; transfers at once are those of --jobs.", HelpName = "N" };

    public void AddTo(Command command)
    {
        command.Add(_toRemote);
        command.Add(_remote);
        command.Add(_jobs);
    }

    /// <summary>Where the data goes; null for the cache and the work tree.</summary>
    /// <param name="parsed">What was given.</param>
    /// <param name="stores">Opens it.</param>
    /// <param name="isWithoutDownload"><c>--no-download</c> was given.</param>
    /// <exception cref="DvcException">The options contradict each other.</exception>
    public IRemoteStore? Read(ParseResult parsed, RemoteStores stores, bool isWithoutDownload)
    {
        if (!parsed.GetValue(_toRemote))
            return parsed.GetValue(_remote) is null ? null : throw new DvcException("`--remote` needs `--to-remote`", DvcException.Usage);
        return isWithoutDownload ? throw new DvcException("--no-exec/--no-download cannot be combined with --to-remote", DvcException.Usage) : stores.Open(parsed.GetValue(_remote)).Store;
    }
}
