namespace CmlNet.Workflows.Execution.Shells;

/// <summary>How a script file is run.</summary>
internal sealed record ShellInvocation
{
    public const string ScriptPlaceholder = "{0}";

    /// <summary>A name looked up on PATH, or a path.</summary>
    public required string Program { get; init; }

    /// <summary>The words after the program; <c>{0}</c> stands for the script file.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>With its dot; empty for a program that is not one of the known shells.</summary>
    public required string Extension { get; init; }

    /// <summary>Put before the user's text, its line end included.</summary>
    public string ScriptPrefix { get; init; } = "";

    public string ScriptSuffix { get; init; } = "";

    /// <summary>The whole command. The path is put in after the words were split, so that blanks in it do no harm.</summary>
    public IReadOnlyList<string> CommandLine(string scriptPath) =>
        [Program, .. Arguments.Select(argument => argument.Replace(ScriptPlaceholder, scriptPath, StringComparison.Ordinal))];

    /// <summary>The text to write to the script file: the user's, verbatim, unless the shell needs a frame.</summary>
    public string Script(string run) => ScriptPrefix + run + ScriptSuffix;
}
