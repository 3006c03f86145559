using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;

namespace CmlNet.Dvc.Pipelines;

/// <summary>The project's lock, held while any of several stages reads or records, and given up while only commands run: a command may call <c>dvc</c> itself.</summary>
internal sealed class ProjectGate(DvcProject project) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ProjectLock? _lock;
    private readonly HashSet<Stage> _holders = [];

    /// <param name="stage">Who enters.</param>
    /// <param name="isPatient">It has work done that would be lost: it waits as long as it takes.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task EnterAsync(Stage stage, bool isPatient, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_holders.Count == 0)
                _lock = await project.LockAsync(isPatient, cancellationToken);
            _holders.Add(stage);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Of one that has not entered, nothing.</summary>
    public async Task LeaveAsync(Stage stage)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (!_holders.Remove(stage) || _holders.Count > 0)
                return;
            _lock?.Dispose();
            _lock = null;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _lock?.Dispose();
        _turn.Dispose();
    }
}
