namespace CmlNet.Dvc.Storage;

/// <summary>Tells files from what only has a name like one.</summary>
public static class FileKind
{
    /// <summary>What is said of one.</summary>
    public const string StreamRefusal = "a pipe or a device, which can be read only once; write it to a file first";

    /// <summary>A pipe, a device or a socket: opening it may wait for ever, and what was read is gone. Links are followed; false for what does not exist.</summary>
    public static bool IsStream(string path) => FileStatus.Read(path) is { IsFile: false, IsDirectory: false };
}
