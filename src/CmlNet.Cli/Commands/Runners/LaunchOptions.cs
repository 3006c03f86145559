using System.CommandLine;

namespace CmlNet.Cli.Commands.Runners;

/// <summary>The flags of CML 0.20's <c>cml runner launch</c>, and what is left of each.</summary>
internal sealed class LaunchOptions
{
    // Everything about renting a machine.
    private static readonly (string Name, bool HasValue)[] Cloud =
    [
        ("--cloud", true), ("--cloud-region", true), ("--cloud-type", true), ("--cloud-permission-set", true), ("--cloud-metadata", true), ("--cloud-gpu", true),
        ("--cloud-hdd-size", true), ("--cloud-ssh-private", true), ("--cloud-spot", false), ("--cloud-spot-price", true), ("--cloud-startup-script", true),
        ("--cloud-aws-security-group", true), ("--cloud-aws-subnet", true), ("--cloud-image", true), ("--cloud-kubernetes-node-selector", true), ("--tf-resource", true),
    ];

    private readonly List<Option> _cloud = [];

    public Option<string?> Labels { get; } = new("--labels") { Description = "Labels of the jobs to take, with commas between (default: cml)." };

    public Option<string?> Name { get; } = new("--name") { Description = "Name of the runner (default: cml-HOSTNAME)." };

    public Option<string?> IdleTimeout { get; } = new("--idle-timeout") { Description = "End after so many seconds without a job; never for not at all (default: 300)." };

    public Option<bool> Single { get; } = new("--single") { Description = "End after one job." };

    public Option<bool> Reuse { get; } = new("--reuse") { Description = "Do nothing when this machine already has a daemon." };

    public Option<bool> ReuseIdle { get; } = new("--reuse-idle") { Description = "As --reuse." };

    public Option<bool> NoRetry { get; } = new("--no-retry") { Description = "Do not start a run again whose job was lost with its container." };

    public Option<string?> WorkDirectory { get; } = new("--workdir") { Description = "Where the daemon keeps its state (default: the working directory)." };

    public Option<string[]?> Volumes { get; } = new("--docker-volumes") { Description = "Volumes for jobs, SOURCE:/TARGET[:ro].", AllowMultipleArgumentsPerToken = true };

    public Option<string?> Repository { get; } = new("--repo") { Description = "Repository or organization." };

    public Option<string?> Token { get; } = new("--token") { Description = "Refused: set REPO_TOKEN.", Hidden = true };

    public Option<string?> Driver { get; } = new("--driver") { Description = "Only github.", Hidden = true };

    public Option<string?> Image { get; } = new("--image") { Description = "Container image with the official runner." };

    public Option<int> Gpus { get; } = new("--gpus") { Description = "GPUs for each job (default: 0)." };

    public static LaunchOptions AddTo(Command command)
    {
        var options = new LaunchOptions();
        foreach (Option option in (Option[])[options.Labels, options.Name, options.IdleTimeout, options.Single, options.Reuse, options.ReuseIdle, options.NoRetry, options.WorkDirectory, options.Volumes, options.Repository, options.Token, options.Driver, options.Image, options.Gpus])
            command.Add(option);
        foreach ((string name, bool hasValue) in Cloud)
        {
            Option option = hasValue ? new Option<string?>(name) { Hidden = true } : new Option<bool>(name) { Hidden = true };
            options._cloud.Add(option);
            command.Add(option);
        }

        return options;
    }

    /// <summary>A flag that was given and is about renting a machine; null when there is none.</summary>
    public string? FindCloudFlag(ParseResult parsed) => _cloud.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;
}
