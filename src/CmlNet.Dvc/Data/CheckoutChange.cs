namespace CmlNet.Dvc.Data;

/// <summary>What a checkout did to an output.</summary>
public enum CheckoutChange
{
    None,
    Added,
    Modified,
    Deleted,
}
