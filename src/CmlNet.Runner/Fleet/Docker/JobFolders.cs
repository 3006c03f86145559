using System.Globalization;
using System.Security.Cryptography;
using CmlNet.Containers;

namespace CmlNet.Runner.Fleet.Docker;

/// <summary>
/// Folders for runners whose jobs may use the engine: what such a runner mounts into containers of its own is looked for on the
/// engine's machine, so it must lie at the same path there. Made and removed by a container, since the daemon may be in one itself,
/// and may not be allowed to touch what jobs leave.
/// </summary>
internal sealed class JobFolders(IDetachedContainers containers, IContainerWatch watch, IContainerCleaner cleaner, string daemonId, string directory, TimeProvider time)
{
    private const string Inside = "/cml/jobs";
    private const string Socket = "/var/run/docker.sock";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public string PathOf(string runner) => $"{directory}/{runner}";

    /// <returns>The group of the engine's socket.</returns>
    /// <exception cref="EngineException">It could not be made.</exception>
    public async Task<string> MakeAsync(RunnerPlan plan, CancellationToken cancellationToken)
    {
        string said = await RunAsync(plan.Name, plan.Pool.Image, $"mkdir -p \"{Inside}/$1\" && chmod 1777 \"{Inside}/$1\" && stat -c %g {Socket}", [new Mount(Socket, Socket)], cancellationToken);
        return int.TryParse(said.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int group)
            ? group.ToString(CultureInfo.InvariantCulture)
            : throw new EngineException(EngineErrorKind.Refused, $"The group of {Socket} is not known: {plan.Pool.Image} has no 'stat'. Use an image with coreutils, as the official one.");
    }

    /// <exception cref="EngineException">Something of it is left.</exception>
    public Task RemoveAsync(string runner, string image, CancellationToken cancellationToken) => RunAsync(runner, image, $"rm -rf \"{Inside}/$1\"", [], cancellationToken);

    private async Task<string> RunAsync(string runner, string image, string script, IReadOnlyList<Mount> mounts, CancellationToken cancellationToken)
    {
        string name = $"{runner}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}";
        // Its own runner by its labels: one that is left by a crash is swept as such.
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { [RunnerLabels.Daemon] = daemonId, [RunnerLabels.Runner] = name };
        string id = await containers.CreateAsync(
            new ContainerSpec
            {
                Name = name,
                Image = image,
                Entrypoint = ["/bin/sh", "-c"],
                Command = [script, "sh", runner],
                Labels = labels,
                Network = "none",
                Mounts = [new Mount(directory, Inside), .. mounts],
                Options = new ContainerOptions { User = "0", SecurityOptions = ["no-new-privileges"] },
            },
            cancellationToken);
        try
        {
            await containers.StartAsync(id, cancellationToken);
            using var limit = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            int code = await watch.WaitAsync(id, either.Token);
            var text = new ShortText();
            await watch.ReadLogsAsync(id, 20, follow: false, text, either.Token);
            return code == 0 ? text.Output : throw new EngineException(EngineErrorKind.Refused, $"The folder of {runner} in {directory} could not be made or removed: {text.Errors.ReplaceLineEndings(" ").Trim()} (exit code {code}).");
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineException(EngineErrorKind.Refused, $"The folder of {runner} in {directory} could not be made or removed within {Patience}.", exception);
        }
        finally
        {
            using var limit = new CancellationTokenSource(Patience, time);
            await cleaner.RemoveAsync(new Leftover { Kind = LeftoverKind.Container, Id = id, Name = name, Labels = labels }, limit.Token);
        }
    }
}
