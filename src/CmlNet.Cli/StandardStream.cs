using System.Runtime.InteropServices;
using System.Text;

namespace CmlNet.Cli;

/// <summary>
/// Standard output, which must take what it is given, or standard error, which may be closed or full without changing what a command does.
/// <see cref="Console"/> also looks up the terminal and the locale and starts a thread for signals when it is first written to, which takes
/// longer than most commands' own work; on Windows it alone knows the code page.
/// </summary>
internal sealed partial class StandardStream : Stream
{
    private const int Output = 1, Error = 2;
    private const int Interrupted = 4, BadDescriptor = 9, BrokenPipe = 32;
    private const short Writable = 4;
    private readonly int _descriptor;

    private StandardStream(int descriptor) => _descriptor = descriptor;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static TextWriter OpenOutput() => OperatingSystem.IsWindows() ? Console.Out : Text(new StandardStream(Output));

    public static TextWriter OpenError() => OperatingSystem.IsWindows() ? Console.Error : Text(new StandardStream(Error));

    /// <exception cref="CliException">Standard output is closed, or full.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            nint written = Write(_descriptor, buffer, buffer.Length);
            if (written < 0 && Refused(Marshal.GetLastPInvokeError()))
                return;
            buffer = buffer[(int)Math.Max(written, 0)..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is kept back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // Whether to give up. Who reads no more, as head does, is no failure of the one that writes.
    private bool Refused(int error)
    {
        if (error == Interrupted)
            return false;
        if (error == (OperatingSystem.IsMacOS() ? 35 : 11))
        {
            // Somebody else made it non-blocking.
            var full = new Polled { Descriptor = _descriptor, Events = Writable };
            _ = Poll(ref full, 1, -1);
            return false;
        }

        if (_descriptor == Output && error != BrokenPipe)
            throw new CliException(ExitCodes.Failure, $"cml: standard output cannot be written to: {(error == BadDescriptor ? "it is closed" : Marshal.GetPInvokeErrorMessage(error))}");
        return true;
    }

    // Written to by several threads, and read by people as it comes.
    private static TextWriter Text(Stream stream) =>
        TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 4096) { AutoFlush = true });

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ReadOnlySpan<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref Polled polled, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
