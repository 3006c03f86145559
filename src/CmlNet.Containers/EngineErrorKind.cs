namespace CmlNet.Containers;

/// <summary>Why an engine could not do what was asked; callers decide by this, never by the text.</summary>
public enum EngineErrorKind
{
    /// <summary>Nobody answers, or the user may not talk to it.</summary>
    Unreachable,

    /// <summary>Neither the engine nor the registry has the image.</summary>
    ImageNotFound,

    /// <summary>The registry wants (other) credentials.</summary>
    ImageDenied,

    /// <summary>The engine could not reach the registry.</summary>
    RegistryUnreachable,

    /// <summary>GPUs were asked for and the engine cannot give them.</summary>
    GpuUnavailable,

    /// <summary>Another container has the name.</summary>
    NameInUse,

    /// <summary>The engine's disk is full.</summary>
    NoSpace,

    /// <summary>The engine, or the container, went away in the middle.</summary>
    Lost,

    /// <summary>The engine understood and said no; the message says why.</summary>
    Refused,
}
