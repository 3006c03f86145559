using System.Runtime.InteropServices;

namespace CmlNet.Cli;

/// <summary>The names CML's binary goes by. .NET hides the name a process was started under, so on Linux the kernel is asked.</summary>
internal static partial class InvokedName
{
    // AT_EXECFN of linux/auxvec.h: the path that was executed, links not followed.
    private const nuint ExecutedPath = 31;

    /// <summary>The arguments with the command that the name of the program stands for in front.</summary>
    public static string[] Expand(string[] args) => Expand(Read(), args);

    internal static string[] Expand(string name, string[] args)
    {
        string stem = Path.GetFileNameWithoutExtension(name.TrimEnd('/'));
        string? command = stem switch
        {
            "cml-publish" => "publish",
            "cml-send-comment" => "send-comment",
            "cml-send-github-check" => "send-github-check",
            "cml-pr" => "pr",
            "cml-runner" => "runner",
            "cml-tensorboard-dev" => "tensorboard-dev",
            "dvc" => "dvc",
            _ => null,
        };
        string[] expanded = command is null ? args : [command, .. args];
        // CML's older spelling: `cml runner --labels=…` without the verb.
        return expanded is ["runner", var flag, ..] && flag.StartsWith("--", StringComparison.Ordinal) && flag != "--help" ? ["runner", "launch", .. expanded[1..]] : expanded;
    }

    private static string Read() =>
        OperatingSystem.IsLinux() && Marshal.PtrToStringUTF8(GetAuxiliaryValue(ExecutedPath)) is { } path ? path : Environment.GetCommandLineArgs()[0];

    [LibraryImport("libc", EntryPoint = "getauxval")]
    private static partial nint GetAuxiliaryValue(nuint type);
}
