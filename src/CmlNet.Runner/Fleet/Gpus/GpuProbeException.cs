namespace CmlNet.Runner.Fleet.Gpus;

/// <summary>The driver did not tell which GPUs there are.</summary>
internal sealed class GpuProbeException(string message, Exception? innerException = null) : Exception(message, innerException);
