using CmlNet.Dvc.Values;

namespace CmlNet.Dvc.Experiments;

/// <summary>An experiment that waits, runs, or ran from the queue.</summary>
public sealed record QueueEntry
{
    /// <summary>Short and unique.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Full hash of the commit it starts from.</summary>
    public required string Baseline { get; init; }

    /// <summary>Full hash of a commit with the files as they were, parameters changed.</summary>
    public required string Snapshot { get; init; }

    /// <summary><c>Queued</c>, <c>Running</c>, <c>Success</c> or <c>Failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public required long Created { get; init; }

    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Why it failed.</summary>
    public string Error { get; init; } = "";

    internal string ToJson() => PythonText.Json(
        DvcValue.Of(
        [
            KeyValuePair.Create("id", DvcValue.Of(Id)), KeyValuePair.Create("name", DvcValue.Of(Name)), KeyValuePair.Create("baseline", DvcValue.Of(Baseline)), KeyValuePair.Create("snapshot", DvcValue.Of(Snapshot)),
            KeyValuePair.Create("state", DvcValue.Of(State)), KeyValuePair.Create("created", DvcValue.Of(Created)), KeyValuePair.Create("targets", DvcValue.Of([.. Targets.Select(DvcValue.Of)])), KeyValuePair.Create("error", DvcValue.Of(Error)),
        ]),
        sortKeys: false);

    /// <summary>Null when it is none, or cut short.</summary>
    internal static QueueEntry? Parse(string text)
    {
        try
        {
            DvcValue root = JsonValueReader.Read(text);
            string Field(string key) => root.Find(key)?.Text ?? "";
            return Field("id").Length == 0 || Field("snapshot").Length < 40 || Field("baseline").Length < 40 ? null : new QueueEntry
            {
                Id = Field("id"), Name = Field("name"), Baseline = Field("baseline"), Snapshot = Field("snapshot"), State = Field("state"), Created = root.Find("created")?.Integer ?? 0,
                Targets = [.. root.Find("targets")?.Items.Select(item => item.Text) ?? []], Error = Field("error"),
            };
        }
        catch (DvcFormatException)
        {
            return null;
        }
    }
}
