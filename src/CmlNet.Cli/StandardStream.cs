using System.Text;

namespace CmlNet.Cli;

/// <summary>
/// Standard output, which must take what it is given, or standard error, which may be closed or full without changing what a command does.
/// <see cref="Console"/> also looks up the terminal and the locale and starts a thread for signals when it is first written to, which takes
/// longer than most commands' own work; on Windows it alone knows the code page.
/// </summary>
internal sealed class StandardStream : Stream
{
    private readonly Stream _inner;
    private readonly bool _isOutput;

    private StandardStream(Stream inner, bool isOutput) => (_inner, _isOutput) = (inner, isOutput);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static TextWriter OpenOutput() => OperatingSystem.IsWindows() ? Console.Out : Text(new StandardStream(Console.OpenStandardOutput(), isOutput: true));

    public static TextWriter OpenError() => OperatingSystem.IsWindows() ? Console.Error : Text(new StandardStream(Console.OpenStandardError(), isOutput: false));

    /// <exception cref="CliException">Standard output is closed, or full.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _inner.Write(buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Access denied is how .NET tells a bad file descriptor.
            if (_isOutput)
                throw new CliException(ExitCodes.Failure, $"cml: standard output cannot be written to: {(e is IOException ? e.Message : "it is closed")}");
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => _inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // Written to by several threads, and read by people as it comes.
    private static TextWriter Text(Stream stream) =>
        TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 256) { AutoFlush = true });
}
