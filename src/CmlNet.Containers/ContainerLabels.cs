namespace CmlNet.Containers;

/// <summary>Labels that everything of ours on an engine carries, so that a later run finds what a killed one left.</summary>
public static class ContainerLabels
{
    /// <summary>Value: the id of the run that made the container or network.</summary>
    public const string Run = "cmlnet.run";
}
