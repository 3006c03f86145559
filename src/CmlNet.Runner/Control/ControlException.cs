namespace CmlNet.Runner.Control;

/// <summary>The daemon cannot be reached, or said no.</summary>
internal sealed class ControlException(string message, Exception? innerException = null) : Exception(message, innerException);
