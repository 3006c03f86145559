namespace CmlNet.Testing.Actions.State;

public enum FakeJobState
{
    Available,
    Assigned,
    Running,
    Completed,
}
