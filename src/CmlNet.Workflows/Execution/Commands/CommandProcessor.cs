using CmlNet.Workflows.Execution.Files;
using CmlNet.Workflows.Execution.Masking;

namespace CmlNet.Workflows.Execution.Commands;

/// <summary>Carries out the workflow commands in the output of one step, line by line. Both streams of the step go through the same processor.</summary>
/// <remarks>Not thread-safe: output sinks are never called concurrently.</remarks>
internal sealed class CommandProcessor(ICommandSink sink, SecretMasker masker, AnnotationBudget budget, CommandOptions options)
{
    private readonly HashSet<string> _registered = new(CommandNames.All, StringComparer.OrdinalIgnoreCase);
    private string? _stopToken;
    private bool _echo = options.IsDebug;

    /// <summary>Carries out the command in a line.</summary>
    /// <param name="line">A raw line without its line end.</param>
    /// <returns>What the log shows in the line's place, secrets hidden (often nothing); null when the line is ordinary output, which the caller masks and prints.</returns>
    public IReadOnlyList<string>? Process(string line)
    {
        if (!WorkflowCommand.TryParse(line, _registered, out WorkflowCommand? command))
            return null;

        if (_stopToken is not null)
            return Resume(line, command);

        var log = new List<string>();
        try
        {
            Execute(line, command, log);
        }
        catch (CommandException error)
        {
            string shown = OmitsEcho(command.Name) ? command.Name : line;
            Print(log, $"##[error]Unable to process command '{shown}' successfully.");
            Print(log, $"##[error]{error.Message}");
            sink.Fail(masker.Mask(error.Message));
        }

        return log;
    }

    private string[]? Resume(string line, WorkflowCommand command)
    {
        if (!Is(command, _stopToken!)) // Only called while stopped.
            return null;
        _registered.Remove(_stopToken!);
        _stopToken = null;
        return [masker.Mask(line)];
    }

    private void Execute(string line, WorkflowCommand command, List<string> log)
    {
        if (Is(command, CommandNames.StopCommands))
        {
            Stop(command.Data);
            Print(log, line);
            return;
        }

        if (_echo && !OmitsEcho(command.Name))
            Print(log, line);

        switch (command.Name.ToLowerInvariant())
        {
            case CommandNames.AddMask:
                AddMask(command.Data, log);
                break;
            case CommandNames.Debug:
                Debug(log, command.Data);
                break;
            case CommandNames.Notice:
                Annotate(AnnotationLevel.Notice, command, log);
                break;
            case CommandNames.Warning:
                Annotate(AnnotationLevel.Warning, command, log);
                break;
            case CommandNames.Error:
                Annotate(AnnotationLevel.Error, command, log);
                break;
            case CommandNames.Group:
                Print(log, "##[group]" + command.Data);
                break;
            case CommandNames.EndGroup:
                Print(log, "##[endgroup]");
                break;
            case CommandNames.Echo:
                SetEcho(command.Data, log);
                break;
            case CommandNames.AddMatcher or CommandNames.RemoveMatcher:
                ChangeMatchers(command, log);
                break;
            default:
                Store(command, log);
                break;
        }
    }

    private void Stop(string token)
    {
        if (!options.AllowUnsecureStopTokens && (string.IsNullOrEmpty(token) || string.Equals(token, "pause-logging", StringComparison.OrdinalIgnoreCase) || _registered.Contains(token)))
            throw new CommandException("Invalid token for stop-commands: it must not be empty or the name of a command. Use a random value of your own, e.g. from uuidgen.");
        _stopToken = token;
        _registered.Add(token);
    }

    private void AddMask(string value, List<string> log)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Print(log, "##[warning]Can't add secret mask for empty string in ##[add-mask] command.");
            return;
        }

        masker.Add(value);
        if (_echo)
            Print(log, "::add-mask::***");
    }

    private void Annotate(AnnotationLevel level, WorkflowCommand command, List<string> log)
    {
        Annotation annotation = AnnotationReader.Read(level, command, options.Workspace, masker);
        Print(log, $"##[{command.Name.ToLowerInvariant()}]{annotation.Message}");
        if (budget.TryTake(level))
            sink.Annotate(annotation);
    }

    private void SetEcho(string value, List<string> log)
    {
        _echo = value.Trim().ToUpperInvariant() switch
        {
            "ON" => true,
            "OFF" => false,
            _ => throw new CommandException($"Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '{value}'."),
        };
        Debug(log, $"Setting echo command value to '{(_echo ? "on" : "off")}'");
    }

    private void ChangeMatchers(WorkflowCommand command, List<string> log)
    {
        bool isRemoval = Is(command, CommandNames.RemoveMatcher);
        string? owner = isRemoval ? command.Property("owner") : null;
        string? file = command.Data.Length == 0 ? null : command.Data;
        string? warning = (isRemoval, owner, file) switch
        {
            (false, _, null) => "File path must be specified.",
            (true, null, null) => "Either an owner name or a file path must be specified in ##[remove-matcher] command.",
            (true, not null, not null) => "Either specify an owner name or a file path in ##[remove-matcher] command. Both values cannot be set.",
            _ => null,
        };
        if (warning is not null)
            Print(log, "##[warning]" + warning);
        else if (sink.ChangeMatchers(new MatcherChange(isRemoval, file, owner)) is { } problem)
            throw new CommandException(problem);
    }

    private void Store(WorkflowCommand command, List<string> log)
    {
        string name = command.Name.ToLowerInvariant();
        if ((name is CommandNames.SetEnv or CommandNames.AddPath) && !options.AllowUnsecureCommands)
            throw new CommandException($"The `{name}` command is disabled. Please upgrade to using Environment Files ($GITHUB_ENV, $GITHUB_PATH) or opt into unsecure command execution by setting the `ACTIONS_ALLOW_UNSECURE_COMMANDS` environment variable to `true`.");

        if (name == CommandNames.AddPath)
        {
            if (command.Data.Length == 0)
                throw new CommandException("A directory is missing in ##[add-path] command.");
            sink.Store(CommandStore.Path, "", command.Data);
            return;
        }

        if (command.Property("name") is not { Length: > 0 } key)
            throw new CommandException($"Required field 'name' is missing in ##[{name}] command.");
        if (name == CommandNames.SetEnv && EnvironmentRules.IsBlocked(key))
        {
            Annotate(AnnotationLevel.Error, command with { Name = CommandNames.Error, Data = $"Can't update {key.ToUpperInvariant()} environment variable using ::set-env:: command." }, log);
            return;
        }

        sink.Store(StoreOf(name), key, command.Data);
    }

    private static CommandStore StoreOf(string name) => name switch
    {
        CommandNames.SetOutput => CommandStore.Output,
        CommandNames.SaveState => CommandStore.State,
        _ => CommandStore.Environment,
    };

    private void Debug(List<string> log, string message)
    {
        if (options.IsDebug)
            Print(log, "##[debug]" + message);
    }

    /// <summary>A message with line ends becomes several lines of the log; only the first bears the mark, as on GitHub.</summary>
    private void Print(List<string> log, string text) => log.AddRange(masker.Mask(text).ReplaceLineEndings("\n").Split('\n'));

    private static bool Is(WorkflowCommand command, string name) => string.Equals(command.Name, name, StringComparison.OrdinalIgnoreCase);

    private static bool OmitsEcho(string name) => name.ToLowerInvariant() is CommandNames.AddMask or CommandNames.Debug or CommandNames.Notice or CommandNames.Warning or CommandNames.Error;
}
