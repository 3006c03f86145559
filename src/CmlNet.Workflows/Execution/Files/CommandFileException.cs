namespace CmlNet.Workflows.Execution.Files;

/// <summary>A command file that is not what the job was given: a link, a directory, a device, or too large. The step fails.</summary>
internal sealed class CommandFileException(string path, string problem) : Exception($"{Path.GetFileName(path)}: {problem}");
