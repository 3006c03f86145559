namespace CmlNet.Runner.Daemon;

/// <summary>Something that whoever started the daemon may wait for.</summary>
/// <param name="Status"><c>ready</c>, <see cref="PoolReady"/>, <c>job_started</c>, <c>job_ended</c> or <c>terminated</c>: CML's words.</param>
/// <param name="JobId">Number of the job; null where there is none.</param>
/// <param name="IsSuccess">With <c>job_ended</c>.</param>
/// <param name="Reason">With <c>terminated</c>.</param>
internal sealed record DaemonEvent(string Status, string? JobId = null, bool? IsSuccess = null, string? Reason = null)
{
    /// <summary>The image is there; jobs are taken. Not one of CML's words.</summary>
    public const string PoolReady = "pool_ready";
}
