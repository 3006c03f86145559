using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;
using CmlNet.Dvc.Revisions;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary>Sends experiments to a git remote and their data to a data remote, or gets them.</summary>
/// <param name="project">Whose.</param>
/// <param name="say">Told what was done, a line at a time.</param>
/// <param name="warn">Told what was not.</param>
internal sealed class ExperimentTransfer(DvcProject project, Action<string> say, Action<string> warn)
{
    private const string DefaultRemote = "origin";

    /// <summary>The commits, through git.</summary>
    /// <exception cref="DvcException">git refuses.</exception>
    public void SendReferences(string remote, IReadOnlyList<Experiment> experiments, bool isForced, bool isPush)
    {
        new ExperimentReferences(project).Transfer(remote, [.. experiments.Select(experiment => $"{(isForced ? "+" : "")}{experiment.Reference}:{experiment.Reference}")], isPush);
        say($"{(isPush ? "Pushed" : "Pulled")} experiment {string.Join(", ", experiments.Select(experiment => experiment.Name))} {(isPush ? "to" : "from")} Git remote '{remote}'.");
    }

    /// <summary>What their outputs hold, and with <paramref name="withRuns"/> the history of stage runs.</summary>
    public async Task SendDataAsync(IReadOnlyList<Experiment> experiments, string remote, int jobs, bool isPush, bool withRuns, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        await using var stores = new RemoteStores(project, client);
        using GitObjects objects = GitObjects.Open(project.Repository!) ?? throw new DvcException("git cannot be started; install it"); // experiments need one, which was looked at
        List<SelectedOutput> outputs = [.. experiments.SelectMany(experiment => ProjectIndex.Read(new CommitRevision(experiment.Name, experiment.Commit, objects), project.Config, project.PathInRepository).Select([])).DistinctBy(item => (item.Output.Path, item.Output.Recorded?.Id))]; // as above
        var sync = new RemoteSync(project, stores, remote, jobs);
        (int moved, IReadOnlyList<string> missing) = isPush ? await sync.PushAsync(outputs, cancellationToken) : await sync.FetchAsync(outputs, cancellationToken);
        if (withRuns)
            moved += isPush ? await new RunCacheTransfer(project, stores, remote).PushAsync(cancellationToken) : await new RunCacheTransfer(project, stores, remote).FetchAsync(cancellationToken);
        say($"{moved} file{(moved == 1 ? "" : "s")} {(isPush ? "pushed" : "fetched")}");
        if (missing.Count > 0)
            warn($"Not found: {string.Join(", ", missing)}");
    }

    /// <summary>Sends an experiment that has just been made, where the configuration has <c>exp.auto_push</c>, to <c>exp.git_remote</c>. That it cannot be sent does not undo it.</summary>
    public async Task PushMadeAsync(Experiment experiment, CancellationToken cancellationToken)
    {
        string? asked = project.Environment.GetValueOrDefault("DVC_EXP_AUTO_PUSH");
        if (string.IsNullOrEmpty(asked) ? !project.Config.Flag("exp", "auto_push") : asked.ToLowerInvariant() is not ("true" or "1" or "yes" or "on" or "y"))
            return;
        string remote = project.Environment.GetValueOrDefault("DVC_EXP_GIT_REMOTE") is { Length: > 0 } named ? named : project.Config.Get("exp", "git_remote") ?? DefaultRemote;
        try
        {
            SendReferences(remote, [experiment], isForced: false, isPush: true);
            if (project.Config.DefaultRemote is { } store)
                await SendDataAsync([experiment], store, 4 * Environment.ProcessorCount, isPush: true, withRuns: false, cancellationToken);
        }
        catch (Exception e) when (e is DvcException or IOException or UnauthorizedAccessException or HttpRequestException)
        {
            warn($"WARNING: experiment '{experiment.Name}' is kept here, and could not be sent by itself: {e.Message} Try again with: dvc exp push {remote} {experiment.Name}");
        }
    }
}
