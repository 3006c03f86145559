using System.Text.Json.Nodes;
using CmlNet.Testing.Actions.State;

namespace CmlNet.Testing.Actions.Engine;

/// <summary>What a started container does: the runner of <see cref="FakeActionsService"/>, or the program that tells the runner's version.</summary>
public sealed partial class FakeEngine
{
    private async Task RunAsync(FakeContainer container)
    {
        if (container.Request["Entrypoint"] is JsonArray entry && ((string?)entry[0] ?? "").EndsWith("Runner.Listener", StringComparison.Ordinal))
        {
            container.Log = RunnerVersion + "\n";
            End(container, RunnerVersion is null ? 127 : 0);
            return;
        }

        if (container.JitConfiguration.Length == 0)
        {
            End(container, 0); // not a runner
            return;
        }

        if (IsMute)
        {
            await WaitAsync(container.Stop.Token);
            End(container, 143);
            return;
        }

        int id = AgentJit.Read(container.JitConfiguration).AgentId;
        FakeAgent? agent = service.State.Change(() =>
        {
            FakeAgent? found = service.State.Agents.Find(candidate => candidate.Id == id);
            if (found is not null)
                found.IsOnline = true;
            return found;
        });
        FakeJob? job = agent is null ? null : await service.State.WaitAsync(() => container.Status == "running" ? service.State.Take(agent) : null, TimeSpan.FromHours(1), container.Stop.Token);
        if (job is null)
        {
            End(container, container.Stop.IsCancellationRequested ? 143 : 0);
            return;
        }

        container.Log = $"Running job: {job.Name}\n";
        service.State.Change(() => 0); // JobStarted is waiting for a poll
        // "hold" is a job that goes on until it is stopped, or let go.
        bool isCancelled = job.Script == "hold" && await Task.WhenAny(WaitAsync(container.Stop.Token), job.LetGo.Task, container.Exit.Task) != job.LetGo.Task;
        if (container.Exit.Task.IsCompleted)
            return; // killed: GitHub is not told
        service.State.Change(() =>
        {
            service.State.Complete(job, isCancelled ? "canceled" : "succeeded");
            return 0;
        });
        End(container, isCancelled ? 143 : 0);
    }

    private void End(FakeContainer container, int code)
    {
        lock (container)
        {
            if (container.Status != "running")
                return;
            // Before anybody can know of the end, and start the next one.
            foreach (string gpu in container.Gpus)
                _gpus.TryRemove(new KeyValuePair<string, string>(gpu, container.Name));
            (container.ExitCode, container.Status) = (code, "exited");
        }

        container.Exit.TrySetResult(code);
    }

    private static async Task WaitAsync(CancellationToken stop) => await Task.Delay(Timeout.InfiniteTimeSpan, stop).ContinueWith(static _ => { }, TaskScheduler.Default);
}
