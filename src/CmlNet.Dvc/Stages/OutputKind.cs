namespace CmlNet.Dvc.Stages;

/// <summary>What an output is for.</summary>
public enum OutputKind
{
    Data,
    Metrics,
    Plots,
}
