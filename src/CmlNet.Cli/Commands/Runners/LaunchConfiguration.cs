using System.Globalization;
using System.Text;
using CmlNet.Cli.Compatibility;
using CmlNet.Publishing.Detection;
using CmlNet.Runner.Configuration;

namespace CmlNet.Cli.Commands.Runners;

/// <summary>CML's flags as the daemon's configuration.</summary>
internal static class LaunchConfiguration
{
    /// <summary>Where the token is put, whichever way it came.</summary>
    public const string TokenVariable = "REPO_TOKEN";

    // The address of a code host that has runners of its own.
    private static readonly string[] OtherHosts = ["gitlab.com", "bitbucket.org", "bitbucket.com", "gitea.com", "codeberg.org"];

    /// <param name="context">What was given.</param>
    /// <param name="where">Repository and token.</param>
    /// <param name="gpus">How many GPUs the machine has.</param>
    /// <exception cref="CliException">It cannot be done.</exception>
    public static RunnerConfiguration Build(DropInContext context, PublishingContext where, int gpus)
    {
        OptionValues values = context.Values;
        Uri scope = where.Repository!; // a code host's context has one
        string[] parts = scope.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (1 or 2))
            throw Wrong($"'{scope}' is not the address of a repository or an organization.");
        bool isRepository = parts.Length == 2 && !parts[0].Equals("enterprises", StringComparison.OrdinalIgnoreCase);
        string[] labels = (values.Text("labels") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } given ? given : [LaunchOptions.DefaultLabel];
        string name = values.Text("name") is { Length: > 0 } named ? named : $"cml-{Environment.MachineName}";
        if (!PoolReader.IsName(name))
            throw Wrong($"--name must have only letters, digits, '.', '_' and '-' (at most {PoolReader.LongestName}), not '{name}'.");
        if (!isRepository && !PoolReader.IsName(labels[0]))
            throw Wrong($"'{labels[0]}' cannot be the name of an organization's scale set: it must have only letters, digits, '.', '_' and '-'. Put another label first.");
        string state = State(context, name);
        string socket = Path.Combine(state, "runner.sock");
        if (Encoding.UTF8.GetByteCount(socket) > RunnerConfigurationReader.LongestSocketPath)
            throw Wrong($"--workdir is too long: the path of the control socket, {socket}, must not have more than {RunnerConfigurationReader.LongestSocketPath} bytes.");
        return new RunnerConfiguration
        {
            Scope = scope,
            Authentication = new Authentication { Token = new SecretReference(SecretKind.Variable, TokenVariable) },
            Name = name,
            DataDirectory = state,
            SocketPath = socket,
            Idle = new IdleConfiguration { ShutdownAfter = IdleTimeout.Read(values.Text("idle-timeout") ?? ""), AfterOneJob = values.Flag("single") },
            // What is running may finish: CML refuses to unregister a busy runner as well.
            DrainTimeout = TimeSpan.FromHours(1),
            Gpus = new GpuConfiguration(),
            Pools =
            [
                new PoolConfiguration
                {
                    Name = PoolReader.IsName(labels[0]) ? labels[0] : LaunchOptions.DefaultLabel,
                    Labels = labels,
                    // A scale set is asked for by its name alone; jobs written for CML name several labels.
                    Mode = isRepository ? JobSourceKind.Rest : JobSourceKind.ScaleSet,
                    Image = Image(values),
                    Max = 1,
                    Shape = new PoolShape { Gpus = Gpus(values.Text("gpus") ?? "all", gpus) },
                    Caches = [.. values.List("docker-volumes").Select(Volume)],
                    Reruns = values.Flag("no-retry") ? 0 : 1,
                },
            ],
        };
    }

    /// <exception cref="CliException">The code host is not GitHub.</exception>
    public static void RequireGitHub(OptionValues values, Uri repository)
    {
        string? driver = values.Text("driver") is { Length: > 0 } given ? given : OtherHosts.FirstOrDefault(host => repository.Host.Equals(host, StringComparison.OrdinalIgnoreCase));
        if (driver is not null && driver != "github")
            throw Wrong($"jobs of {driver} are run by its own runner, which needs no help of cml: register gitlab-runner, act_runner or Bitbucket's runner with the labels. This command takes jobs of GitHub.");
    }

    private static string State(DropInContext context, string name)
    {
        if (context.Values.Text("workdir") is { Length: > 0 } work)
            return Path.Combine(context.FullPath(work), ".cml-runner");
        string home = context.Host.Environment.GetValueOrDefault("HOME") is { Length: > 0 } set ? set : context.Host.WorkingDirectory;
        return Path.Combine(home, ".cml", name);
    }

    private static string Image(OptionValues values)
    {
        string image = values.Text("image") is { Length: > 0 } given ? given : PoolConfiguration.DefaultImage;
        return PoolReader.IsImage(image) ? image : throw Wrong($"--image must be a name such as {PoolConfiguration.DefaultImage}, not '{image}'.");
    }

    // CML's jobs run on the machine itself, and see all of its GPUs.
    private static int Gpus(string text, int all) =>
        text == "all" ? all
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count <= 64 ? count
        : throw Wrong($"--gpus must be a number from 0 to 64, or all, not '{text}'.");

    private static CacheMount Volume(string text)
    {
        string[] parts = text.Split(':');
        return parts is [_, _] or [_, _, "ro" or "rw"] && parts[1].StartsWith('/') && parts[0].Length > 0
            ? new CacheMount(parts[0], parts[1], parts is [_, _, "ro"])
            : throw Wrong($"--docker-volumes must be SOURCE:/TARGET[:ro], not '{text}'.");
    }

    private static CliException Wrong(string message) => new(ExitCodes.Failure, $"cml runner launch: {message}");
}
