using System.Collections.Concurrent;
using CmlNet.Dvc.Data;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Pipelines;

/// <summary>Runs the stages that are out of date, each after what it needs, and records each as soon as it is done.</summary>
/// <param name="project">The project. Its lock is taken here, and given up while commands run.</param>
/// <param name="runner">Runs commands.</param>
/// <param name="options">How.</param>
/// <param name="say">Told what happens, a line at a time.</param>
public sealed partial class Reproduction(DvcProject project, IStageRunner runner, ReproOptions options, Action<string> say) : IDisposable
{
    private readonly ProjectGate _gate = new(project);
    private readonly ConcurrentDictionary<Stage, StageOutcome> _outcomes = new();
    private readonly StageCommit _commit = new(project);
    private readonly RunCache _runs = new(project);
    private readonly LockRecords _records = new(project);
    private readonly Dictionary<Stage, (StageRun Run, string Record)> _recorded = [];
    private readonly Dictionary<Stage, (long At, string Record)> _began = [];
    private readonly Lock _recording = new();

    /// <summary>What became of each stage.</summary>
    public IReadOnlyDictionary<Stage, StageOutcome> Outcomes => _outcomes;

    /// <summary>Brings stages up to date.</summary>
    /// <param name="stages">Each after what it needs.</param>
    /// <param name="graph">What needs what.</param>
    /// <param name="cancellationToken">Ends the stages that run.</param>
    /// <exception cref="DvcException">A stage failed, and it was not asked to go on.</exception>
    public async Task RunAsync(IReadOnlyList<Stage> stages, StageGraph graph, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stages);
        ArgumentNullException.ThrowIfNull(graph);
        var pending = new List<Stage>(stages);
        var selected = new HashSet<Stage>(stages);
        var running = new Dictionary<Task, Stage>();
        var failures = new List<(Stage Stage, DvcException Error)>();
        while (pending.Count > 0 || running.Count > 0)
        {
            bool mayStart = failures.Count == 0 || options.KeepsGoing || options.IgnoresErrors;
            // In the order given, those whose needs are met; with one job that is exactly the order given.
            foreach (Stage stage in mayStart ? pending.Where(stage => Needs(stage, graph, selected).All(_outcomes.ContainsKey)).Take(options.Jobs - running.Count).ToList() : [])
            {
                pending.Remove(stage);
                _began[stage] = (project.Time.GetTimestamp(), ReproRecord.Digest(stage));
                running.Add(StepAsync(stage, graph, cancellationToken), stage);
            }

            if (running.Count == 0)
                break;
            Task done = await Task.WhenAny(running.Keys);
            Stage ended = running[done];
            running.Remove(done);
            try
            {
                await done;
                Note(ended, _outcomes[ended]);
            }
            catch (Exception e) when (e is DvcException or IOException or UnauthorizedAccessException)
            {
                _outcomes[ended] = StageOutcome.Failed;
                Note(ended, StageOutcome.Failed);
                failures.Add((ended, new DvcException($"failed to reproduce '{ended.Address}': {e.Message}", (e as DvcException)?.ExitCode ?? DvcException.General, e)));
                // The first is what the command ends with, unless others go on after it.
                if (failures.Count > 1 || options.KeepsGoing || options.IgnoresErrors)
                    say($"ERROR: {failures[^1].Error.Message}");
            }
        }

        if (!options.IsDry)
            ReproRecord.Save(project, _recorded);
        if (failures.Count > 0 && !options.IgnoresErrors)
            throw options.KeepsGoing ? new DvcException($"failed to reproduce {string.Join(", ", failures.Select(failure => $"'{failure.Stage.Address}'"))}", failures[0].Error.ExitCode, failures[0].Error) : failures[0].Error;
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    // A stage that failed is recorded as it was before.
    private void Note(Stage stage, StageOutcome outcome) =>
        _recorded[stage] = (new StageRun(outcome, project.Time.GetElapsedTime(_began[stage].At).TotalSeconds, project.Time.GetUtcNow()), outcome is StageOutcome.Failed or StageOutcome.Skipped ? _began[stage].Record : ReproRecord.Digest(stage));

    private static IEnumerable<Stage> Needs(Stage stage, StageGraph graph, HashSet<Stage> selected) => graph.Producers(stage).Where(selected.Contains);

    private async Task StepAsync(Stage stage, StageGraph graph, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (!options.IgnoresErrors && graph.Producers(stage).Any(producer => _outcomes.GetValueOrDefault(producer) is StageOutcome.Failed or StageOutcome.Skipped))
        {
            say($"Stage '{stage.Address}' is skipped: what it needs failed");
            _outcomes[stage] = StageOutcome.Skipped;
            return;
        }

        Task Enter() => _gate.EnterAsync(stage, isPatient: false, cancellationToken);
        try
        {
            await (options.IsDry ? Enter() : PathLocks.EnterAsync(project, stage, Enter, () => _gate.LeaveAsync(stage), (path, process) => say($"Stage '{stage.Address}' waits for process {process}, which has '{path}'"), cancellationToken));
            _records.Refresh(stage);
            await DecideAsync(stage, graph, cancellationToken);
        }
        finally
        {
            await _gate.LeaveAsync(stage);
        }
    }

    private async Task DecideAsync(Stage stage, StageGraph graph, CancellationToken cancellationToken)
    {
        bool isPushedOn = options.ForcesDownstream && graph.Producers(stage).Any(producer => _outcomes.GetValueOrDefault(producer) is StageOutcome.Ran or StageOutcome.Planned);
        _outcomes[stage] = await ReproduceAsync(stage, options.IsForced || isPushedOn, isAfterPlanned: graph.Producers(stage).Any(producer => _outcomes.GetValueOrDefault(producer) == StageOutcome.Planned), cancellationToken);
    }

    private async Task<StageOutcome> ReproduceAsync(Stage stage, bool isForced, bool isAfterPlanned, CancellationToken cancellationToken)
    {
        if (stage.IsFrozen && stage.Name is not null)
        {
            say($"Stage '{stage.Address}' is frozen. Its dependencies are not going to be reproduced.");
            return StageOutcome.Unchanged;
        }

        var status = StageStatus.Read(stage, project, options.AllowsMissing, cancellationToken);
        bool isDue = status.IsChanged || (options.IsDry && isAfterPlanned);
        if (isDue && !isForced && options.Pull is not null && OnlyOutputsMissing(stage, status) && await PullAsync(stage, cancellationToken))
            return StageOutcome.Pulled;
        if (!isDue && !(isForced && stage.Command is not null))
        {
            say(stage.Name is null && stage.Dependencies.Count == 0 ? $"'{stage.Address}' didn't change, skipping" : $"Stage '{stage.Address}' didn't change, skipping");
            return StageOutcome.Unchanged;
        }

        return stage.Command is null ? Record(stage, cancellationToken) : await RunAsync(stage, isForced, cancellationToken);
    }

    // A .dvc file of data that changed in the work tree: what lies there is recorded.
    private StageOutcome Record(Stage stage, CancellationToken cancellationToken)
    {
        if (stage.IsImport || stage.Outputs.Any(output => !Path.Exists(project.FullPath(output.Path))))
            throw new DvcException($"missing data 'source': {string.Join(", ", stage.Outputs.Select(output => output.Path))}; get it with: dvc pull {stage.Address}");
        if (options.IsDry)
            return StageOutcome.Planned;
        say($"Verifying data sources in stage: '{stage.Address}'");
        lock (_recording)
            _commit.Apply(stage, !options.SkipsCommit, cancellationToken);
        return StageOutcome.Ran;
    }

    private async Task<StageOutcome> RunAsync(Stage stage, bool isForced, CancellationToken cancellationToken)
    {
        if (options.IsDry)
        {
            say($"Running stage '{stage.Address}':");
            foreach (string command in StageShell.Commands(stage))
                say($"> {command}");
            return StageOutcome.Planned;
        }

        if (options.Pull is not null)
            await PullDependenciesAsync(stage, cancellationToken);
        _commit.SaveDependencies(stage, cancellationToken);
        bool mayRestore = !options.SkipsRunCache && !isForced && RunCache.CanKeep(stage);
        if (mayRestore && await RestoreAsync(stage, cancellationToken))
            return StageOutcome.Restored;
        say($"Running stage '{stage.Address}':");
        var locks = await PathLocks.TakeAsync(project, stage, cancellationToken);
        try
        {
            DeleteOutputs(stage);
            int code = await RunOutsideAsync(stage, cancellationToken);
            if (code != 0)
                throw new DvcException($"failed to run: {string.Join(" && ", StageShell.Commands(stage))}, exited with {code}");
            if (stage.Outputs.FirstOrDefault(output => !Path.Exists(project.FullPath(output.Path))) is { } absent)
                throw new DvcException($"output '{absent.Path}' does not exist after the command of '{stage.Address}'; correct the command or the path");
        }
        finally
        {
            locks.Dispose();
        }

        lock (_recording)
        {
            stage.RecordedCommand = stage.Command;
            foreach (Output output in stage.Outputs)
                new OutputCommit(project).Apply(output, !options.SkipsCommit, cancellationToken);
            StageFiles.Save(project, stage);
            if (!options.SkipsCommit && _runs.Save(stage))
            {
                foreach (Output output in stage.Outputs.Where(output => !output.IsCached))
                    new OutputCommit(project).Keep(output, cancellationToken);
            }

            project.SaveState();
        }

        return StageOutcome.Ran;
    }

    private async Task<int> RunOutsideAsync(Stage stage, CancellationToken cancellationToken)
    {
        await _gate.LeaveAsync(stage);
        int code = await runner.RunAsync(stage, project, command => say($"> {command}"), cancellationToken);
        // What may have taken days is not thrown away because another command takes its time.
        await _gate.EnterAsync(stage, isPatient: true, cancellationToken);
        return code;
    }
}
