namespace CmlNet.Workflows.Actions;

/// <summary>An input of the action that a built-in one stands for, and what becomes of it here: without more it is honoured.</summary>
/// <param name="Name">As its manifest has it.</param>
internal sealed record BuiltInInput(string Name)
{
    /// <summary>A value that changes nothing and needs no word.</summary>
    public string Default { get; init; } = "";

    /// <summary>Why any other value has no effect here and does no harm: a line of the log.</summary>
    public string? Idle { get; init; }

    /// <summary>What to do instead of giving any other value: an error.</summary>
    public string? Refused { get; init; }
}
