using System.Text;

namespace CmlNet.Cli;

/// <summary>
/// Standard output and error as text. <see cref="Console"/> also looks up the terminal and the locale and starts a thread for signals when it
/// is first written to, which takes longer than most commands' own work; on Windows it alone knows the code page.
/// </summary>
internal static class StandardStreams
{
    public static TextWriter OpenOutput() => OperatingSystem.IsWindows() ? Console.Out : Writer(Console.OpenStandardOutput());

    public static TextWriter OpenError() => OperatingSystem.IsWindows() ? Console.Error : Writer(Console.OpenStandardError());

    // Written to by several threads, and read by people as it comes.
    private static TextWriter Writer(Stream stream) =>
        TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 256) { AutoFlush = true });
}
