namespace CmlNet.Runner.Configuration;

/// <summary>How a pool learns of jobs.</summary>
internal enum JobSourceKind
{
    /// <summary>GitHub assigns jobs to the pool's scale set; asked by long polls.</summary>
    ScaleSet,

    /// <summary>The REST API is asked for queued jobs.</summary>
    Rest,

    /// <summary>GitHub calls in when a job is queued; the REST API fills the gaps.</summary>
    Webhook,
}
