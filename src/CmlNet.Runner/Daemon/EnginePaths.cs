using CmlNet.Containers;
using CmlNet.Runner.Fleet.Docker;

namespace CmlNet.Runner.Daemon;

/// <summary>Whether paths are there on the engine's machine, where this program cannot look itself: a container does, with that machine's root read-only.</summary>
internal sealed class EnginePaths(IContainerEngine engine, TimeProvider time)
{
    private const string Root = "/cml-host";

    // Where a link leads cannot be seen from inside: it counts as being there.
    private const string Script = $$"""
        for path; do
            seen={{Root}} rest=${path#/}
            while [ -n "$rest" ]; do
                seen=$seen/${rest%%/*}
                case $rest in */*) rest=${rest#*/} ;; *) rest= ;; esac
                [ -L "$seen" ] && break
                [ -e "$seen" ] || { echo "$path"; break; }
            done
        done
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <param name="image">There, and with a shell.</param>
    /// <param name="paths">Absolute.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Those that are not there; null when nobody can look.</returns>
    public async Task<IReadOnlyList<string>?> FindMissingAsync(string image, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        if (engine is not (IDetachedContainers containers and IContainerWatch watch and IContainerCleaner cleaner))
            return null;
        string name = $"cml-look-{Guid.NewGuid():N}";
        string? id = null;
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            id = await containers.CreateAsync(
                new ContainerSpec
                {
                    Name = name,
                    Image = image,
                    Entrypoint = ["/bin/sh", "-c"],
                    Command = [Script.ReplaceLineEndings("\n"), "sh", .. paths],
                    Network = "none",
                    Mounts = [new Mount("/", Root, ReadOnly: true)],
                    Options = new ContainerOptions { User = "0", SecurityOptions = ["no-new-privileges"] },
                },
                either.Token);
            await containers.StartAsync(id, either.Token);
            int code = await watch.WaitAsync(id, either.Token);
            var text = new ShortText();
            await watch.ReadLogsAsync(id, paths.Count, follow: false, text, either.Token);
            return code == 0 ? [.. text.Output.Split('\n').Intersect(paths, StringComparer.Ordinal)] : null;
        }
        catch (Exception exception) when (exception is EngineException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null; // the caller says so
        }
        finally
        {
            using var last = new CancellationTokenSource(Patience, time);
            if (id is not null)
                await cleaner.RemoveAsync(new Leftover { Kind = LeftoverKind.Container, Id = id, Name = name, Labels = new Dictionary<string, string>(StringComparer.Ordinal) }, last.Token);
        }
    }
}
