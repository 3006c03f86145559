using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Fleet.Docker;

namespace CmlNet.Runner.Daemon;

/// <summary>
/// Runs a container as a pool's runner would have it, for a moment and without its caches: what the engine refuses of it (limits,
/// a disk quota, a network, GPUs) is found before the first job waits.
/// </summary>
internal sealed class PoolTrial(IContainerEngine engine, string daemonId, bool gpusByVariable, TimeProvider time)
{
    private const int NotThere = 97;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <param name="pool">Its image is there.</param>
    /// <param name="gpus">GPUs to give to it, by UUID.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EngineException">The engine refuses.</exception>
    /// <exception cref="RunnerConfigurationException">The image cannot be a runner's.</exception>
    public async Task RunAsync(PoolConfiguration pool, IReadOnlyList<string> gpus, CancellationToken cancellationToken)
    {
        if (engine is not (IDetachedContainers containers and IContainerWatch watch and IContainerCleaner cleaner))
            return;
        ContainerSpec spec = Build(pool, gpus);
        string id = await containers.CreateAsync(spec, cancellationToken);
        try
        {
            await containers.StartAsync(id, cancellationToken);
            using var limit = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            int code = await watch.WaitAsync(id, either.Token);
            if (code != 0)
                throw new RunnerConfigurationException(code == NotThere ? $"{pool.Image} has no program {pool.Command[0]}: set the pool's 'command' to what starts its runner." : $"a container of {pool.Image} ended with {code} before it did anything.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RunnerConfigurationException($"a container of {pool.Image} did not end within {Patience.TotalSeconds:0} s: the engine may hang.");
        }
        finally
        {
            using var limit = new CancellationTokenSource(Patience, time);
            await cleaner.RemoveAsync(new Leftover { Kind = LeftoverKind.Container, Id = id, Name = spec.Name!, Labels = spec.Labels }, limit.Token); // named by Build
        }
    }

    private ContainerSpec Build(PoolConfiguration pool, IReadOnlyList<string> gpus)
    {
        var plan = new RunnerPlan { Name = $"cml-trial-{Guid.NewGuid():N}", Pool = pool, Gpus = gpus, RunnerId = 0, JitConfiguration = "" };
        // One of its own is made for each job; nothing is to be asked of it here.
        string? network = pool.Network switch { "own" => "none", "shared" => null, var named => named };
        return new RunnerSpecBuilder(daemonId, gpusByVariable, ownProgram: null).Build(plan, network) with
        {
            Entrypoint = ["/bin/sh", "-c"],
            Command = [$"command -v \"$1\" > /dev/null || exit {NotThere}", "sh", pool.Command[0]],
            Mounts = [],
        };
    }
}
