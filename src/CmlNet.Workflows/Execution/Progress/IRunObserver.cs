namespace CmlNet.Workflows.Execution.Progress;

/// <summary>Hears what a run does while it does it. Called from several jobs at once; must not throw and not wait long.</summary>
public interface IRunObserver
{
    void On(RunEvent happened);
}
