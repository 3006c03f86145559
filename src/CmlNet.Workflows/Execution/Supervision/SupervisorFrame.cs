namespace CmlNet.Workflows.Execution.Supervision;

/// <summary>What a message between <c>cml run</c> and the supervisor in a job's container is.</summary>
internal enum SupervisorFrame : byte
{
    /// <summary>To the supervisor: run a command (a <see cref="SupervisorRequest"/> as JSON).</summary>
    Run = 1,

    /// <summary>To the supervisor: end the running command.</summary>
    Stop = 2,

    /// <summary>From it: it can run commands; the body is its version.</summary>
    Ready = 10,
    Output = 11,
    Error = 12,

    /// <summary>From it: the command's exit code, four bytes, little-endian.</summary>
    Exited = 13,

    /// <summary>From it: the command was ended as asked.</summary>
    Stopped = 14,

    /// <summary>From it: the command could not be started; the body says why.</summary>
    Refused = 15,
}
