namespace CmlNet.Containers;

/// <summary>Why an engine could not do what was asked; callers decide by this, never by the text.</summary>
public enum EngineErrorKind
{
    Unreachable,
    ImageNotFound,
    GpuUnavailable,
    NameInUse,
    NoSpace,
    Lost,
    Refused,
}
