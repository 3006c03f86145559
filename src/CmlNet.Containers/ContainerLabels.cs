namespace CmlNet.Containers;

/// <summary>Labels that everything of ours on an engine carries, so that a later run finds what a killed one left.</summary>
public static class ContainerLabels
{
    /// <summary>Value: the id of the run that made the container or network.</summary>
    public const string Run = "cmlnet.run";

    /// <summary>Value: the name of the job.</summary>
    public const string Job = "cmlnet.job";

    /// <summary>Value: the process that made it, by which a later one knows whether that is still alive.</summary>
    public const string Owner = "cmlnet.owner";
}
