namespace CmlNet.Workflows.Execution.Commands;

/// <summary>What a command writes to: the counterparts of the command files.</summary>
internal enum CommandStore
{
    Output,
    State,
    Environment,

    /// <summary>The value is a directory to search first; there is no name.</summary>
    Path,
}
