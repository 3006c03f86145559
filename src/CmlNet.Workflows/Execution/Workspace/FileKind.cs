namespace CmlNet.Workflows.Execution.Workspace;

internal enum FileKind
{
    Missing,
    Regular,
    Directory,
    Link,

    /// <summary>A FIFO, socket or device.</summary>
    Special,
}
