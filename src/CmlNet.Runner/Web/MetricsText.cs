using System.Globalization;
using System.Text;
using CmlNet.Runner.Daemon;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Fleet.Gpus;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Web;

/// <summary>Metrics in Prometheus' text format; the <c>gha_</c> names are those of GitHub's own controller (ARC), so that its dashboards work.</summary>
internal static class MetricsText
{
    public static string Render(DaemonParts parts)
    {
        var text = new StringBuilder();
        PoolStates(text, [.. parts.Pools.Where(pool => pool.IsShown)]);
        FleetMetrics counts = parts.Context.Metrics;
        Family(text, "gha_started_jobs_total", "counter", "Jobs that began on a runner.", counts.StartedJobs.Select(entry => (Pool(entry.Pool), (double)entry.Count)));
        Family(text, "gha_completed_jobs_total", "counter", "Jobs that ended, by result.", counts.CompletedJobs.Select(entry => ($"{Pool(entry.Pool)},job_result=\"{Escape(entry.Result)}\"", (double)entry.Count)));
        Histograms(text, "gha_job_startup_duration_seconds", "From a job's queueing to its start.", counts.StartUps);
        Histograms(text, "gha_job_execution_duration_seconds", "From a job's start to its end.", counts.Executions);
        Family(text, "cml_runners_ended_total", "counter", "Runners that ended, by outcome.", counts.EndedRunners.Select(entry => ($"{Pool(entry.Pool)},outcome=\"{Escape(entry.Outcome)}\"", (double)entry.Count)));
        Gpus(text, parts.Context.Gpus.All);
        Family(text, "cml_outbox_entries", "gauge", "Reports and reruns still to be posted.", [("", parts.Context.Journal.CountUndone())]);
        Family(text, "cml_disk_has_room", "gauge", "1 while the disk has room for another job.", [("", parts.Context.HasRoom ? 1 : 0)]);
        return text.ToString();
    }

    private static void PoolStates(StringBuilder text, IReadOnlyList<PoolFleet> pools)
    {
        void Gauge(string name, string help, Func<PoolFleet, double> value) => Family(text, name, "gauge", help, pools.Select(pool => (Pool(pool.Name), value(pool))));
        int Count(PoolFleet pool, Func<RunnerRecord, bool> which) => pool.Runners.Count(which);
        Gauge("gha_assigned_jobs", "Jobs assigned to the pool.", pool => pool.Demand.Assigned ?? 0);
        Gauge("gha_running_jobs", "Jobs that run.", pool => pool.Demand.Running ?? Count(pool, runner => runner.State == RunnerState.Busy));
        Gauge("gha_registered_runners", "Runners that GitHub knows.", pool => Count(pool, runner => runner.State is >= RunnerState.Registered and <= RunnerState.Busy));
        Gauge("gha_busy_runners", "Runners with a job.", pool => Count(pool, runner => runner.State == RunnerState.Busy));
        Gauge("gha_idle_runners", "Runners that wait.", pool => Count(pool, runner => runner.State == RunnerState.Idle));
        Gauge("gha_min_runners", "Runners kept waiting.", pool => pool.Pool.MinIdle);
        Gauge("gha_max_runners", "Most runners.", pool => pool.Pool.Max);
        Gauge("gha_desired_runners", "Runners that GitHub was told there may be.", pool => pool.Capacity.Runners);
        // Nobody waits for one that is no longer configured.
        pools = [.. pools.Where(pool => !pool.IsRetired)];
        Gauge("cml_pool_ready", "1 while the pool takes jobs.", pool => pool.Condition == PoolCondition.Ready && pool.Trouble.Length == 0 ? 1 : 0);
    }

    private static void Gpus(StringBuilder text, IReadOnlyList<(Gpu Gpu, string? Owner)> gpus)
    {
        void Gauge(string name, string help, Func<(Gpu Gpu, string? Owner), double?> value) =>
            Family(text, name, "gauge", help, gpus.Where(entry => value(entry) is not null).Select(entry => ($"uuid=\"{Escape(entry.Gpu.Uuid)}\",name=\"{Escape(entry.Gpu.Name)}\"", value(entry) ?? 0)));
        Gauge("cml_gpu_healthy", "1 while a GPU may get jobs.", entry => entry.Gpu.Defect is null ? 1 : 0);
        Gauge("cml_gpu_allocated", "1 while a runner has the GPU.", entry => entry.Owner is null ? 0 : 1);
        Gauge("cml_gpu_utilization_ratio", "Utilization.", entry => entry.Gpu.Utilization / 100);
        Gauge("cml_gpu_memory_used_bytes", "Memory in use.", entry => entry.Gpu.UsedMemoryBytes);
        Gauge("cml_gpu_memory_bytes", "Memory.", entry => entry.Gpu.MemoryBytes);
        Gauge("cml_gpu_power_watts", "Power draw.", entry => entry.Gpu.Watts);
    }

    private static void Histograms(StringBuilder text, string name, string help, IReadOnlyList<(string Pool, Histogram Times)> histograms)
    {
        if (histograms.Count == 0)
            return;
        Head(text, name, "histogram", help);
        foreach ((string pool, Histogram times) in histograms)
        {
            for (int i = 0; i < times.Bounds.Count; i++)
                Line(text, $"{name}_bucket", $"{Pool(pool)},le=\"{times.Bounds[i].ToString(CultureInfo.InvariantCulture)}\"", times.Counts[i]);
            Line(text, $"{name}_bucket", $"{Pool(pool)},le=\"+Inf\"", times.Count);
            Line(text, $"{name}_sum", Pool(pool), times.Sum);
            Line(text, $"{name}_count", Pool(pool), times.Count);
        }
    }

    private static void Family(StringBuilder text, string name, string type, string help, IEnumerable<(string Labels, double Value)> values)
    {
        bool isFirst = true;
        foreach ((string labels, double value) in values)
        {
            if (isFirst)
                Head(text, name, type, help);
            isFirst = false;
            Line(text, name, labels, value);
        }
    }

    private static void Head(StringBuilder text, string name, string type, string help) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels.Length == 0 ? "" : $"{{{labels}}}").Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');

    private static string Pool(string name) => $"name=\"{Escape(name)}\"";

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
