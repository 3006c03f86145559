using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;

namespace CmlNet.Dvc.Revisions;

/// <summary>
/// A child's standard stream as a plain file. .NET reads and writes a pipe as a socket, and for the first one loads all that sockets need, which
/// takes longer than git does.
/// </summary>
internal static class ProcessPipe
{
    /// <summary>Unbuffered. It does not own the pipe, which is to stay referenced, and be closed by its own stream, after this one's last use.</summary>
    public static Stream Open(Stream pipe, FileAccess access) =>
        !OperatingSystem.IsWindows() && pipe is PipeStream { SafePipeHandle: var handle } ? new FileStream(new SafeFileHandle(handle.DangerousGetHandle(), ownsHandle: false), access, bufferSize: 0) : pipe;

    /// <summary>Takes a pipe over and reads it to its end, so that who writes to it never waits.</summary>
    public static void Discard(Stream pipe)
    {
        var reader = new Thread(Read) { IsBackground = true, Name = "discard" };
        reader.Start();

        void Read()
        {
            using (pipe)
            {
                try
                {
                    Span<byte> buffer = stackalloc byte[4096];
                    Stream file = Open(pipe, FileAccess.Read);
                    while (file.Read(buffer) > 0)
                    {
                    }
                }
                catch (IOException)
                {
                    // Nothing more can be read: whoever writes is told so by the system.
                }
            }
        }
    }
}
