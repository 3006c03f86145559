namespace CmlNet.Dvc.Values;

/// <summary>What a value in a metrics or parameter file is.</summary>
public enum DvcValueKind
{
    Null,
    Boolean,
    Integer,
    Number,
    Text,
    List,
    Map,
}
