using CmlNet.Containers;

namespace CmlNet.Workflows.Execution.Masking;

/// <summary>Receives the output of a command by lines.</summary>
internal interface ILineSink
{
    /// <param name="line">Without its line end. Raw, secrets included, so that commands can be read; a piece of an over-long line comes masked.</param>
    /// <param name="isPiece">The line was too long and is given in pieces: print it, look for no command in it.</param>
    ValueTask WriteLineAsync(StandardStream stream, string line, bool isPiece, CancellationToken cancellationToken);
}
