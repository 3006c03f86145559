namespace CmlNet.Testing.Actions.State;

/// <summary>A runner that registered with a JIT configuration: taken off the list by itself after one job.</summary>
public sealed class FakeAgent
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    /// <summary>0 for one made by the REST API.</summary>
    public int ScaleSetId { get; init; }

    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What its JIT configuration has to show for itself.</summary>
    public string Secret { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Where it was told to work.</summary>
    public string WorkFolder { get; set; } = "_work";

    public bool IsOnline { get; set; }

    public FakeJob? Job { get; set; }

    public bool IsBusy => Job is { State: FakeJobState.Running };
}
