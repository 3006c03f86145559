namespace CmlNet.Dvc.Data;

/// <summary>How a path differs from its record, in DVC's order of looking.</summary>
public enum ChangeKind
{
    None,
    NotInCache,
    Deleted,
    Modified,
    New,
}
