namespace CmlNet.Runner.Configuration;

/// <summary>The daemon cannot start as it is configured; the message says what to change.</summary>
internal sealed class RunnerConfigurationException(string message, Exception? innerException = null) : Exception(message, innerException);
