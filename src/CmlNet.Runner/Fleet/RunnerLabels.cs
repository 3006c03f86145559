namespace CmlNet.Runner.Fleet;

/// <summary>Labels of everything that is made for a runner.</summary>
internal static class RunnerLabels
{
    /// <summary>Value: the daemon's id.</summary>
    public const string Daemon = "cmlnet.daemon";

    public const string Pool = "cmlnet.pool";

    public const string Runner = "cmlnet.runner";

    public const string RunnerId = "cmlnet.runner-id";

    /// <summary>Value: the label of what the runner makes on the engine itself.</summary>
    public const string Children = "cmlnet.children";

    /// <summary>Value: the image with which the runner's folder is removed.</summary>
    public const string Folder = "cmlnet.folder";

    /// <summary>Value: UUIDs with commas between.</summary>
    public const string Gpus = "cmlnet.gpus";
}
