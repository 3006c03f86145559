namespace CmlNet.Cli;

/// <summary>The names CML's binary goes by. .NET hides the name a process was started under, so on Linux the kernel is asked.</summary>
internal static class InvokedName
{
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

    private static string Read()
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                using FileStream stream = File.OpenRead("/proc/self/cmdline");
                Span<byte> start = stackalloc byte[4096];
                int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
                int end = start[..length].IndexOf((byte)0);
                return System.Text.Encoding.UTF8.GetString(start[..(end < 0 ? length : end)]);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No /proc: the name below is the best there is.
        }

        return Environment.GetCommandLineArgs()[0];
    }
}
