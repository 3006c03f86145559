using CmlNet.Cli.Compatibility;

namespace CmlNet.Cli.Commands.Runners;

/// <summary>The options of CML 0.20's <c>cml runner launch</c>, and what is left of each.</summary>
internal static class LaunchOptions
{
    public const string DefaultLabel = "cml";

    // Everything about renting a machine.
    private static readonly string[] Cloud =
    [
        "cloud", "cloud-region", "cloud-type", "cloud-permission-set", "cloud-metadata", "cloud-gpu", "cloud-hdd-size", "cloud-ssh-private", "cloud-spot-price",
        "cloud-startup-script", "cloud-aws-security-group", "cloud-aws-subnet", "cloud-image", "cloud-kubernetes-node-selector", "tf-resource", "gcp-access-token",
    ];

    // Of the machines that CML itself set up; nothing here depends on them.
    private static readonly string[] Ignored = ["tpi-version", "cml-version", "runner-path", "destroy-delay"];

    // CML's own older names (bin/cml.js).
    private static readonly string[] OldVariables = ["RUNNER_IDLE_TIMEOUT", "RUNNER_LABELS", "RUNNER_SINGLE", "RUNNER_REUSE", "RUNNER_NO_RETRY", "RUNNER_DRIVER", "RUNNER_REPO", "RUNNER_PATH"];

    public static OptionGroup Build()
    {
        OptionGroup group = new OptionGroup("CML_RUNNER_")
            .Text("labels", "Labels of the jobs to take, with commas between", DefaultLabel)
            .Text("name", "Name of the runner (default: cml-HOSTNAME)")
            .Text("idle-timeout", "End after so long without a job: seconds, or 5min, 1h30m; never for not at all", "5 minutes")
            .Flag("single", "End after one job")
            .Flag("reuse", "Do nothing when a runner of that name or with all of the labels is there. Runners are there while they have jobs; another machine that waits for some is seen in an organization only")
            .Flag("reuse-idle", "Do nothing when a runner with all of the labels waits for a job")
            .Flag("no-retry", "Do not start a run again whose job was lost with its container")
            .Text("workdir", "Where the daemon keeps its state (default: ~/.cml/NAME)", aliases: ["path"])
            .List("docker-volumes", "Volumes for jobs, SOURCE:/TARGET[:ro]")
            .Text("image", "Container image with the official runner")
            .Text("gpus", "GPUs for each job: a number, or all", "all")
            .Flag("cloud-spot", "", isHidden: true);
        foreach (string name in Cloud)
            group.Text(name, "", isHidden: true, aliases: name == "cloud-aws-subnet" ? ["cloud-aws-subnet-id"] : name == "tf-resource" ? ["tf_resource"] : null);
        foreach (string name in Ignored)
            group.Text(name, "", isHidden: true);
        return group;
    }

    /// <summary>A flag that was given and is about renting a machine; null when there is none.</summary>
    public static string? FindCloudFlag(OptionValues values) => Cloud.Append("cloud-spot").FirstOrDefault(name => values.IsGiven(name) && values.Text(name) is { Length: > 0 });

    /// <summary>The environment with CML's older names under their new ones.</summary>
    public static IReadOnlyDictionary<string, string> Rename(IReadOnlyDictionary<string, string> environment)
    {
        var renamed = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        foreach (string name in OldVariables)
        {
            if (environment.TryGetValue(name, out string? value))
                renamed.TryAdd("CML_" + name, value);
        }

        return renamed;
    }
}
