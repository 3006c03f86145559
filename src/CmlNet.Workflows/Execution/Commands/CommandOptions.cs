namespace CmlNet.Workflows.Execution.Commands;

/// <summary>What a step's environment says about its commands.</summary>
internal sealed record CommandOptions
{
    public static CommandOptions Default { get; } = new();

    /// <summary><c>ACTIONS_ALLOW_UNSECURE_COMMANDS</c> is true in the step's <c>env</c>: set-env and add-path work.</summary>
    public bool AllowUnsecureCommands { get; init; }

    /// <summary><c>ACTIONS_ALLOW_UNSECURE_STOPCOMMAND_TOKENS</c> is true: any stop token is accepted.</summary>
    public bool AllowUnsecureStopTokens { get; init; }

    /// <summary><c>ACTIONS_STEP_DEBUG</c> or <c>RUNNER_DEBUG</c>: debug messages are printed, and commands are echoed from the start.</summary>
    public bool IsDebug { get; init; }

    /// <summary>The workspace as the step sees it; files of annotations become relative to it. Null leaves them as given.</summary>
    public string? Workspace { get; init; }
}
