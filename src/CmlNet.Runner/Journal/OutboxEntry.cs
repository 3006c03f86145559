namespace CmlNet.Runner.Journal;

/// <summary>Something to be done for the outside world until it has been done: a report to post, a run to start again.</summary>
/// <param name="Id">Order of arrival.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Key">The same for the same thing, of whatever kind: it is put in once.</param>
/// <param name="Payload">JSON of the kind's own.</param>
/// <param name="Attempts">How often it failed.</param>
internal sealed record OutboxEntry(long Id, string Kind, string Key, string Payload, int Attempts);
