namespace CmlNet.Runner.Journal;

/// <summary>The journal cannot be used; the message says what to do.</summary>
internal sealed class JournalException(string message, Exception? innerException = null) : Exception(message, innerException);
