namespace CmlNet.Publishing.Assets;

internal enum FileKind
{
    Missing,
    Regular,
    Directory,

    /// <summary>A pipe, a socket or a device.</summary>
    Other,
}
