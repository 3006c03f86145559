using System.Collections;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CmlNet.Dvc.Revisions;

/// <summary>
/// A child with pipes for its input and output, and no error output, started by the C library: for one that is spoken with, and whose exit code nobody asks for.
/// <see cref="System.Diagnostics.Process"/> takes longer to load than git takes to answer. That SIGPIPE is ignored is inherited: a child must end when it cannot write.
/// </summary>
internal sealed partial class SpawnedProcess : IDisposable
{
    private const int CloseOnExec = 0x80000, WriteOnly = 1, WithoutWaiting = 1;

    // More than any C library's posix_spawn_file_actions_t takes.
    private const int OpaqueSize = 1024;

    private readonly int _id;
    private bool _isDisposed;

    private SpawnedProcess(int id, int input, int output)
    {
        _id = id;
        Input = new FileStream(new SafeFileHandle(input, ownsHandle: true), FileAccess.Write, bufferSize: 0);
        Output = new FileStream(new SafeFileHandle(output, ownsHandle: true), FileAccess.Read, bufferSize: 0);
    }

    /// <summary>What the child reads; unbuffered.</summary>
    public Stream Input { get; }

    /// <summary>What the child writes; unbuffered.</summary>
    public Stream Output { get; }

    /// <summary>Linux alone is asked in this way.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <summary>Null when the program is not found, or there are no more processes or files to be had.</summary>
    /// <param name="program">Looked for as the shell does.</param>
    /// <param name="arguments">Without the program's own name.</param>
    /// <param name="environment">Put over the process's own.</param>
    public static SpawnedProcess? Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        Span<int> input = stackalloc int[2], output = stackalloc int[2];
        if (Pipe(input, CloseOnExec) != 0)
            return null;
        if (Pipe(output, CloseOnExec) != 0)
        {
            Close(input);
            return null;
        }

        // Below are the standard streams, which some caller had closed.
        bool isSpawned = Math.Min(Math.Min(input[0], input[1]), Math.Min(output[0], output[1])) > 2;
        int id = 0;
        if (isSpawned)
        {
            var native = new NativeStrings();
            try
            {
                isSpawned = Spawn(out id, program, input[0], output[1], native.Array([program, .. arguments]), native.Array(Variables(environment)));
            }
            finally
            {
                native.Free();
            }
        }

        if (!isSpawned)
        {
            Close(input);
            Close(output);
            return null;
        }

        _ = Close(input[0]);
        _ = Close(output[1]);
        return new SpawnedProcess(id, input[1], output[0]);
    }

    /// <summary>The child's input ends, and so does a child that has nothing else to do; the caller does not wait for it.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        Input.Dispose();
        Output.Dispose();
        // What has ended stays in the system's table until somebody asks how.
        if (WaitFor(_id, 0, WithoutWaiting) == 0)
            new Thread(() => _ = WaitFor(_id, 0, 0), maxStackSize: 128 * 1024) { IsBackground = true, Name = "wait" }.Start();
    }

    private static unsafe bool Spawn(out int id, string program, int input, int output, nint arguments, nint environment)
    {
        byte* actions = stackalloc byte[OpaqueSize];
        id = 0;
        if (InitializeActions((nint)actions) != 0)
            return false;
        bool isSpawned = Duplicate((nint)actions, input, 0) == 0 && Duplicate((nint)actions, output, 1) == 0 && Open((nint)actions, 2, "/dev/null", WriteOnly, 0) == 0
            && SpawnInPath(out id, program, (nint)actions, 0, arguments, environment) == 0;
        _ = DestroyActions((nint)actions);
        return isSpawned;
    }

    private static List<string> Variables(IReadOnlyDictionary<string, string> environment)
    {
        var variables = new List<string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (!environment.ContainsKey((string)variable.Key))
                variables.Add(string.Concat((string)variable.Key, "=", (string?)variable.Value));
        }

        foreach ((string name, string value) in environment)
            variables.Add(string.Concat(name, "=", value));
        return variables;
    }

    private static void Close(ReadOnlySpan<int> pipe)
    {
        _ = Close(pipe[0]);
        _ = Close(pipe[1]);
    }

    [LibraryImport("libc", EntryPoint = "pipe2")]
    private static partial int Pipe(Span<int> ends, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int WaitFor(int id, nint status, int options);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitializeActions(nint actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int Duplicate(nint actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(nint actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(nint actions);

    [LibraryImport("libc", EntryPoint = "posix_spawnp", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SpawnInPath(out int id, string program, nint actions, nint attributes, nint arguments, nint environment);
}
