namespace CmlNet.Workflows.Execution.Matchers;

/// <summary>A problem matcher file that cannot be used; the message says what is wrong with it.</summary>
internal sealed class MatcherException(string message) : Exception(message);
