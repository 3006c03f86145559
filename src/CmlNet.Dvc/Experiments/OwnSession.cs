using System.Runtime.InteropServices;

namespace CmlNet.Dvc.Experiments;

/// <summary>Takes this process away from the terminal it was started at, whose end then is not its own.</summary>
public static partial class OwnSession
{
    private const int Output = 1, Error = 2;

    /// <summary>Makes it the leader of a session without a terminal. It must not be the leader of a process group.</summary>
    public static void Begin() => _ = NewSession(); // -1 only for a leader, who has no terminal to lose then

    /// <summary>From now on, what anything here prints to standard output goes where standard error goes.</summary>
    public static void JoinOutputToError() => _ = Duplicate(Error, Output); // both are open

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int NewSession();

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int from, int to);
}
