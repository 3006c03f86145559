using System.Diagnostics.CodeAnalysis;
using CmlNet.Workflows.Execution.Steps;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Actions;

/// <summary>The actions that can be run. A new built-in one is a class and one line in <see cref="ActionServices"/>.</summary>
internal sealed class ActionCatalog
{
    private readonly Dictionary<string, IBuiltInAction> _builtIn = new(StringComparer.OrdinalIgnoreCase);

    public ActionCatalog(IEnumerable<IBuiltInAction> builtIn)
    {
        foreach (IBuiltInAction action in builtIn)
        {
            if (!_builtIn.TryAdd(action.Name, action))
                throw new InvalidOperationException($"Two built-in actions are called '{action.Name}'. Known: {string.Join(", ", Names)}.");
        }
    }

    public IEnumerable<string> Names => _builtIn.Keys.Order(StringComparer.Ordinal);

    /// <summary>Every <c>uses:</c> that nothing here can run, found before anything is started.</summary>
    public IReadOnlyList<WorkflowError> Unsupported(Workflow workflow) =>
    [
        .. workflow.Jobs.SelectMany(job => job.Steps)
            .Where(step => step.Uses is not null && !TryResolve(step.Uses, out _))
            .Select(step => new WorkflowError(step.Location, $"The action '{step.Uses}' is not supported by cml run", $"supported: {string.Join(", ", Names)}")),
    ];

    public IStepBody Resolve(string uses) =>
        TryResolve(uses, out IStepBody? body) ? body : throw new StepFailedException($"The action '{uses}' is not supported by cml run (supported: {string.Join(", ", Names)}).");

    private bool TryResolve(string uses, [NotNullWhen(true)] out IStepBody? body)
    {
        _builtIn.TryGetValue(uses.Split('@')[0], out IBuiltInAction? action);
        body = action;
        return action is not null;
    }
}
