namespace CmlNet.Workflows.Execution.Files;

/// <summary>What a command file held.</summary>
/// <param name="Text">Decoded UTF-8: invalid bytes become U+FFFD, a byte order mark is dropped. Empty when <paramref name="Size"/> is over the limit of a reader that was told to keep only the size.</param>
/// <param name="Size">In bytes, on disk.</param>
internal sealed record CommandFileContent(string Text, long Size);
