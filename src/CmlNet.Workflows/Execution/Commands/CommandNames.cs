namespace CmlNet.Workflows.Execution.Commands;

/// <summary>The commands the official runner knows.</summary>
internal static class CommandNames
{
    public const string AddMask = "add-mask";
    public const string AddMatcher = "add-matcher";
    public const string AddPath = "add-path";
    public const string Debug = "debug";
    public const string Echo = "echo";
    public const string EndGroup = "endgroup";
    public const string Error = "error";
    public const string Group = "group";
    public const string Notice = "notice";
    public const string RemoveMatcher = "remove-matcher";
    public const string SaveState = "save-state";
    public const string SetEnv = "set-env";
    public const string SetOutput = "set-output";
    public const string StopCommands = "stop-commands";
    public const string Warning = "warning";

    public static IReadOnlyList<string> All { get; } =
    [
        AddMask, AddMatcher, AddPath, Debug, Echo, EndGroup, Error, Group, Notice, RemoveMatcher, SaveState, SetEnv, SetOutput, StopCommands, Warning,
    ];
}
