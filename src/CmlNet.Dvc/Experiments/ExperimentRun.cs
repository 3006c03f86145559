using CmlNet.Dvc.Data;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Experiments;

/// <summary>Runs a pipeline as an experiment: in the work tree, or in a work tree of its own that shares the cache.</summary>
/// <param name="project">The user's project.</param>
/// <param name="runner">Runs commands.</param>
/// <param name="say">Told what happens, a line at a time.</param>
public sealed class ExperimentRun(DvcProject project, IStageRunner runner, Action<string> say)
{
    private readonly ExperimentReferences _references = new(project);

    /// <summary>Runs in the user's work tree.</summary>
    public async Task<Experiment> InPlaceAsync(ExperimentRequest request, ReproOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        string baseline = _references.Head, name = NameOf(request, baseline);
        request.Overrides?.Apply(project.Root);
        await ReproduceAsync(project, request.Selection, options, cancellationToken);
        return _references.Set(baseline, name, new ExperimentTree(project).Commit(baseline, request.Includes, request.Message), request.IsForced || request.Name is null);
    }

    /// <summary>Runs in a work tree of its own, beginning with the user's as it is, or as it was when the experiment was queued.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="baseline">Full hash of the commit to start from.</param>
    /// <param name="snapshot">Gives the full hash of a commit with the files to begin with.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends it; nothing is left.</param>
    public async Task<Experiment> ApartAsync(ExperimentRequest request, string baseline, Func<string> snapshot, ReproOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        string name = NameOf(request, baseline);
        ArgumentNullException.ThrowIfNull(snapshot);
        using ExperimentFolder folder = await MakeAsync(snapshot, baseline, cancellationToken);
        DvcProject own = folder.Project;
        var run = new CheckoutRun(own, isForced: true, relinks: false, cancellationToken);
        run.Apply(ProjectIndex.Read(own).Select([]), removesUntracked: false);
        request.Overrides?.Apply(own.Root);
        await ReproduceAsync(own, request.Selection, options, cancellationToken);
        own.SaveState();
        return _references.Set(baseline, name, new ExperimentTree(own).Commit(baseline, request.Includes, request.Message), request.IsForced || request.Name is null);
    }

    // Locked, so that nobody who collects objects misses that it runs: from here on its folder says so. What may have waited for days waits for other commands, too.
    private async Task<ExperimentFolder> MakeAsync(Func<string> snapshot, string baseline, CancellationToken cancellationToken)
    {
        using ProjectLock held = await project.LockAsync(isPatient: true, cancellationToken);
        return ExperimentFolder.Make(project, snapshot(), baseline);
    }

    /// <summary>The name asked for, checked, or a new one.</summary>
    public string NameOf(ExperimentRequest request, string baseline)
    {
        ArgumentNullException.ThrowIfNull(request);
        HashSet<string> taken = [.. _references.Of(baseline).Select(experiment => experiment.Name)];
        if (request.Name is null)
            return ExperimentName.New(taken.Contains);
        _references.Check(request.Name);
        return taken.Contains(request.Name) && !request.IsForced ? throw new DvcException($"Experiment '{request.Name}' already exists on {baseline[..7]}. To overwrite it use `--force`.") : request.Name;
    }

    private async Task ReproduceAsync(DvcProject own, StageSelection selection, ReproOptions options, CancellationToken cancellationToken)
    {
        var index = ProjectIndex.Read(own);
        var graph = new StageGraph(index.Stages);
        using var reproduction = new Reproduction(own, runner, options, say);
        await reproduction.RunAsync(selection.Select(index, graph), graph, cancellationToken);
    }
}
