namespace CmlNet.Workflows.Execution.Shells;

/// <summary>From <c>shell:</c> to a command line, exactly as the official runner.</summary>
internal static class ShellCommand
{
    private static readonly Dictionary<string, KnownShell> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bash"] = new("--noprofile --norc -e -o pipefail {0}", ".sh"),
        ["sh"] = new("-e {0}", ".sh"),
        ["python"] = new("{0}", ".py"),
        ["pwsh"] = new("-command \". '{0}'\"", ".ps1"),
        ["powershell"] = new("-command \". '{0}'\"", ".ps1"),
        ["cmd"] = new("/D /E:ON /V:OFF /S /C \"CALL \"{0}\"\"", ".cmd"),
    };

    /// <summary>Resolves a shell. Unset on the host means bash where there is one, with the arguments of <c>sh</c> (no pipefail); unset in a container means sh.</summary>
    /// <param name="shell">The evaluated <c>shell:</c>, the step's own or a default's; null or empty when unset.</param>
    /// <param name="isContainerJob">Whether the step runs inside the job's container, where the host's programs do not matter.</param>
    /// <param name="exists">Whether a program is found on the host's PATH; not asked for container jobs.</param>
    /// <exception cref="ShellException">A custom shell has no <c>{0}</c>, or the program is not there.</exception>
    public static ShellInvocation Resolve(string? shell, bool isContainerJob, Func<string, bool> exists)
    {
        if (string.IsNullOrWhiteSpace(shell))
        {
            string program = !isContainerJob && exists("bash") ? "bash" : "sh";
            return Build(program, Known["sh"].Arguments, Require(program, isContainerJob, exists));
        }

        string trimmed = shell.Trim();
        int blank = trimmed.IndexOfAny([' ', '\t']);
        string name = blank < 0 ? trimmed : trimmed[..blank];
        string arguments = blank < 0 ? "" : trimmed[(blank + 1)..].TrimStart();
        if (arguments.Length == 0)
            arguments = Known.TryGetValue(name, out KnownShell? known) ? known.Arguments : "";
        if (!arguments.Contains(ShellInvocation.ScriptPlaceholder, StringComparison.Ordinal))
            throw new ShellException($"Invalid shell '{shell}'. It must be one of {string.Join(", ", Known.Keys)}, or a command that contains '{{0}}' where the script file goes, e.g. '{name} {{0}}'.");
        return Build(name, arguments, Require(name, isContainerJob, exists));
    }

    private static string Require(string program, bool isContainerJob, Func<string, bool> exists) =>
        isContainerJob || exists(program)
            ? program
            : throw new ShellException($"{program}: command not found. Install it on this machine, or choose another 'shell:'.");

    private static ShellInvocation Build(string name, string arguments, string program) => new()
    {
        Program = program,
        Arguments = ShellWords.Split(arguments),
        Extension = Known.TryGetValue(name, out KnownShell? known) ? known.Extension : "",
        ScriptPrefix = name switch
        {
            "cmd" => "@echo off\n",
            "pwsh" or "powershell" => "$ErrorActionPreference = 'stop'\n",
            _ => "",
        },
        ScriptSuffix = name is "pwsh" or "powershell" ? "\nif ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }" : "",
    };

    private sealed record KnownShell(string Arguments, string Extension);
}
