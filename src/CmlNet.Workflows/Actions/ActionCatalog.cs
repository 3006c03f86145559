using System.Diagnostics.CodeAnalysis;
using CmlNet.Containers;
using CmlNet.Workflows.Actions.Docker;
using CmlNet.Workflows.Actions.Manifests;
using CmlNet.Workflows.Actions.Remote;
using CmlNet.Workflows.Execution;
using CmlNet.Workflows.Execution.Calls;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Calls;

namespace CmlNet.Workflows.Actions;

/// <summary>The actions that can be run. A new built-in one is a class and one line in <see cref="ActionServices"/>.</summary>
internal sealed class ActionCatalog
{
    private readonly Dictionary<string, IBuiltInAction> _builtIn = new(StringComparer.OrdinalIgnoreCase);

    private readonly RemoteActions _remote;

    public ActionCatalog(RemoteActions remote, IEnumerable<IBuiltInAction> builtIn)
    {
        _remote = remote;
        foreach (IBuiltInAction action in builtIn)
        {
            if (!_builtIn.TryAdd(action.Name, action))
                throw new InvalidOperationException($"Two built-in actions are called '{action.Name}'. Known: {string.Join(", ", Names)}.");
        }
    }

    public IEnumerable<string> Names => _builtIn.Keys.Order(StringComparer.Ordinal);

    /// <summary>Every <c>uses:</c> that nothing here can run, found before anything is started.</summary>
    public IReadOnlyList<WorkflowError> Unsupported(Workflow workflow, string repositoryRoot)
    {
        var errors = new List<WorkflowError>();
        Check(workflow.Jobs.SelectMany(job => job.Steps), repositoryRoot, new HashSet<string>(StringComparer.Ordinal), errors);
        return errors;
    }

    /// <summary>Brings the actions of other repositories that the jobs use here, and those that these use.</summary>
    /// <exception cref="InvalidRunException">One cannot be had, or not be run, or not on this engine.</exception>
    public async Task FetchAsync(IEnumerable<Job> jobs, string repositoryRoot, EngineInfo engine, CancellationToken cancellationToken)
    {
        var fetch = new ActionFetch(this, _remote, repositoryRoot, engine);
        await fetch.AddAsync(jobs.SelectMany(job => job.Steps), cancellationToken);
        if (fetch.Errors.Count > 0)
            throw new InvalidRunException(fetch.Errors);
    }

    /// <summary>What an action of another repository does before the job's first step; null for nothing.</summary>
    public Task<(Step Step, IStepBody Body)?> FindPreAsync(Step step, JobState state, CancellationToken cancellationToken) =>
        FindPreAsync(step, state.Parts, state, depth: 0, cancellationToken);

    /// <summary>The same of a step inside composite actions.</summary>
    public async Task<(Step Step, IStepBody Body)?> FindPreAsync(Step step, ActionParts around, JobState state, int depth, CancellationToken cancellationToken) =>
        step.Uses is not null && TryResolve(step.Uses, out IStepBody? body) && body is RemoteAction remote ? await remote.FindPreAsync(step, around, state, depth, cancellationToken) : null;

    /// <summary>The workflows that these jobs call, in this repository and in others.</summary>
    /// <exception cref="InvalidRunException">One cannot be had, or does not fit its caller.</exception>
    public Task<IReadOnlyDictionary<string, WorkflowCall>> ResolveCallsAsync(Workflow workflow, string repositoryRoot, CancellationToken cancellationToken) =>
        new CalledFiles(repositoryRoot, _remote).ResolveAsync(workflow, cancellationToken);

    public bool IsRemote(string uses) => TryResolve(uses, out IStepBody? body) && body is RemoteAction;

    public IStepBody Resolve(string uses) =>
        TryResolve(uses, out IStepBody? body) ? body : throw new StepFailedException(Unknown(default, uses).Message);

    private WorkflowError Unknown(SourceLocation location, string uses) =>
        new(location, $"The action '{uses}' is not supported by cml run", $"supported: ./path, docker://image, owner/repo@ref, {string.Join(", ", Names)}");

    /// <summary>An action of the repository is looked into when it is there already; a checkout may still bring one that is not.</summary>
    private void Check(IEnumerable<Step> steps, string repositoryRoot, HashSet<string> seen, List<WorkflowError> errors)
    {
        foreach (Step step in steps.Where(step => step.Uses is not null))
        {
            SourceLocation location = step.UsesLocation.Line > 0 ? step.UsesLocation : step.Location;
            // Not null: chosen above.
            string uses = step.Uses!;
            if (!TryResolve(uses, out _))
                errors.Add(Unknown(location, uses));
            else if (LocalAction.Handles(uses) && seen.Add(uses))
                CheckLocal(location, uses, repositoryRoot, seen, errors);
        }
    }

    private void CheckLocal(SourceLocation location, string uses, string repositoryRoot, HashSet<string> seen, List<WorkflowError> errors)
    {
        ActionManifest? manifest = LocalAction.Load(Path.GetFullPath(Path.Combine(repositoryRoot, uses)), uses, out IReadOnlyList<WorkflowError> wrong);
        errors.AddRange(wrong);
        if (manifest is not null && ActionBodies.Unsupported(manifest) is { } reason)
            errors.Add(new WorkflowError(location, reason));
        else if (manifest?.Runs is CompositeRuns composite)
            Check(composite.Steps, repositoryRoot, seen, errors);
    }

    private bool TryResolve(string uses, [NotNullWhen(true)] out IStepBody? body)
    {
        if (LocalAction.Handles(uses))
            body = new LocalAction(uses, this);
        else if (DockerImage.IsNamed(uses))
            body = new DockerStep(uses);
        else if (_builtIn.TryGetValue(uses.Split('@')[0], out IBuiltInAction? action))
            body = action;
        else
            body = RemoteReference.Parse(uses) is null ? null : new RemoteAction(uses, _remote, this);
        return body is not null;
    }
}
