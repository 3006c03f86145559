using CmlNet.Dvc.Revisions;

namespace CmlNet.Cli.Commands.Metrics;

/// <summary>git, started before the command line is read, so that it is ready when that is done. Not on a thread of its own: two that load types at once take longer than one.</summary>
internal sealed class EarlyGit
{
    private readonly string _directory;
    private readonly GitObjects? _objects;
    private bool _isTaken;

    private EarlyGit(string directory)
    {
        _directory = directory;
        _objects = GitObjects.Open(directory);
    }

    /// <summary>Null when the arguments are not of a command that will need git for certain.</summary>
    public static EarlyGit? BeginFor(string[] args)
    {
        ReadOnlySpan<string> command = args is ["dvc", ..] ? args.AsSpan(1) : args;
        return command is ["metrics" or "params", "diff", ..] ? new EarlyGit(Environment.CurrentDirectory) : null;
    }

    /// <summary>What was started, once, and the work tree; null when it was for another folder. The objects are the caller's.</summary>
    public (GitObjects? Objects, GitRepository? Repository)? Take(string directory)
    {
        if (_isTaken || directory != _directory)
            return null;
        _isTaken = true;
        return (_objects, _objects?.WorkTree(directory) ?? GitRepository.Find(directory));
    }
}
