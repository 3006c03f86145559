using System.Globalization;
using Microsoft.Extensions.Logging;

namespace CmlNet.Containers.Docker;

/// <summary>
/// Stops a command in a container by the steps of its <see cref="StopLadder"/>. Its processes are found by their
/// marker and signalled by process group; when that cannot be done (no shell in the image, or they do not even die
/// of SIGKILL) the whole container is killed.
/// </summary>
internal sealed class ExecStopper(DockerExec exec, DockerClient client, string containerId, string containerName, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan QuestionTimeout = TimeSpan.FromSeconds(15);

    // Shell built-ins only: an image may have a shell and nothing else. /proc/PID/environ separates by NUL, which
    // read drops; the name of the program in /proc/PID/stat may contain anything, hence the cut at its last ')'.
    private const string FindScript =
        """
        for d in /proc/[0-9]*; do
          found=
          while IFS= read -r e || [ -n "$e" ]; do case $e in *"$0"*) found=1; break;; esac; done 2>/dev/null <"$d/environ"
          [ -n "$found" ] || continue
          s=
          IFS= read -r s 2>/dev/null <"$d/stat"
          set -- ${s##*)}
          [ "$1" = Z ] || [ -z "$3" ] || echo "$3"
        done
        echo done
        """;

    private const string SignalScript = """s=$0; for g; do kill -s "$s" -- "-$g" 2>/dev/null; done; exit 0""";

    private readonly HashSet<int> _groups = [];

    /// <summary>Returns once nothing of the command runs any more. <paramref name="pump"/> ends with the command's output.</summary>
    public async Task StopAsync(ExecSpec spec, ExecMarker marker, Task pump)
    {
        (string Signal, TimeSpan Wait)[] rungs =
        [
            ("INT", spec.StopLadder.AfterInterrupt),
            ("TERM", spec.StopLadder.AfterTerminate),
            ("KILL", AfterKill),
        ];
        foreach (var (signal, wait) in rungs)
        {
            switch (await ClimbAsync(signal, wait, spec.User, marker, pump))
            {
                case Outcome.Gone:
                    return;
                case Outcome.Unknown:
                    await KillContainerAsync("its image has no shell to look for processes with", pump);
                    return;
            }
        }

        await KillContainerAsync("it is not gone after SIGKILL", pump);
    }

    private async Task<Outcome> ClimbAsync(string signal, TimeSpan wait, string? user, ExecMarker marker, Task pump)
    {
        var began = time.GetTimestamp();
        var signalled = false;
        do
        {
            if (await FindAsync(user, marker) is not { } groups)
                return Outcome.Unknown;
            // Nothing found while the output is still open: it is about to start, or belongs to someone else now.
            if (groups.Count == 0 && pump.IsCompleted)
                return Outcome.Gone;
            _groups.UnionWith(groups);
            if (!signalled && _groups.Count > 0)
            {
                await SignalAsync(signal);
                signalled = true;
            }

            await DelayAsync(signalled ? wait - time.GetElapsedTime(began) : Poll, pump);
        }
        while (time.GetElapsedTime(began) < wait);

        return Outcome.Alive;
    }

    // Ends at once with the output; with the output already at its end, only stragglers are waited for.
    private async Task DelayAsync(TimeSpan limit, Task pump)
    {
        var wasCompleted = pump.IsCompleted;
        var delay = wasCompleted && limit > Poll ? Poll : limit;
        if (delay <= TimeSpan.Zero)
            return;
        using var enough = new CancellationTokenSource();
        await Task.WhenAny(wasCompleted ? Task.Delay(delay, time, enough.Token) : pump, Task.Delay(delay, time, enough.Token));
        await enough.CancelAsync();
    }

    private async Task<IReadOnlyCollection<int>?> FindAsync(string? user, ExecMarker marker)
    {
        using var limit = new CancellationTokenSource(QuestionTimeout, time);
        try
        {
            var answer = await exec.RunQuietlyAsync(["/bin/sh", "-c", FindScript, marker.Entry], user, limit.Token);
            var lines = answer?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            // Groups 0 and 1 would be ourselves and the container's own command.
            return lines is [.., "done"]
                ? [.. lines[..^1].Select(l => int.TryParse(l, NumberStyles.None, CultureInfo.InvariantCulture, out var group) ? group : 0).Where(g => g > 1).Distinct()]
                : null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (EngineException exception) when (exception.Kind == EngineErrorKind.Lost)
        {
            // The container is gone or stopped, and the command with it.
            return [];
        }
    }

    // As root: the command may have changed its user (su, sudo) since it started.
    private async Task SignalAsync(string signal)
    {
        using var limit = new CancellationTokenSource(QuestionTimeout, time);
        var groups = _groups.Select(g => g.ToString(CultureInfo.InvariantCulture)).ToList();
        logger.Signalled($"SIG{signal}", string.Join(' ', groups), containerName);
        try
        {
            await exec.RunQuietlyAsync(["/bin/sh", "-c", SignalScript, signal, .. groups], user: "0", limit.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or EngineException { Kind: EngineErrorKind.Lost })
        {
            // The next look tells whether anything is left.
        }
    }

    private async Task KillContainerAsync(string reason, Task pump)
    {
        logger.ContainerKilled(containerName, reason);
        try
        {
            await client.DoAsync(
                new DockerRequest { Method = HttpMethod.Post, Path = $"/containers/{containerId}/kill", Purpose = $"kill container {containerName}" },
                CancellationToken.None);
        }
        catch (EngineException exception) when (exception.Kind == EngineErrorKind.Lost)
        {
            // It is not running any more, which is what was wanted.
        }

        using var enough = new CancellationTokenSource();
        await Task.WhenAny(pump, Task.Delay(AfterKill, time, enough.Token));
        await enough.CancelAsync();
    }

    private enum Outcome
    {
        Alive,
        Gone,
        Unknown,
    }
}
