using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Pipelines;

/// <summary>The project's lock, held while any of several stages reads or records, and given up while only commands run: a command may call <c>dvc</c> itself.</summary>
internal sealed class ProjectGate(DvcProject project) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ProjectLock? _lock;
    private int _holders;

    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_holders == 0)
                _lock = await project.LockAsync(cancellationToken);
            _holders++;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task LeaveAsync()
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (--_holders > 0)
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
