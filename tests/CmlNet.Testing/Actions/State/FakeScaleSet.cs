using System.Text.Json.Nodes;

namespace CmlNet.Testing.Actions.State;

/// <summary>A scale set with its session and its queue of messages.</summary>
public sealed class FakeScaleSet
{
    public const int MessageCap = 50;

    public required int Id { get; init; }

    public required string Name { get; set; }

    public required IReadOnlyList<string> Labels { get; init; }

    public Guid? Session { get; set; }

    /// <summary>When it was opened, or polled last.</summary>
    public DateTimeOffset SessionUsed { get; set; }

    public string SessionOwner { get; set; } = "";

    /// <summary>What the last poll said in X-ScaleSetMaxCapacity.</summary>
    public int Capacity { get; set; }

    /// <summary>Every value that a poll has said.</summary>
    public List<int> Capacities { get; } = [];

    public HashSet<long> Offered { get; } = [];

    /// <summary>Inner messages that no envelope holds yet.</summary>
    public List<JsonObject> Pending { get; } = [];

    /// <summary>Inner messages that are kept back.</summary>
    public List<JsonObject> Withheld { get; } = [];

    /// <summary>Envelopes that were not acknowledged, by number.</summary>
    public SortedDictionary<long, JsonArray> Envelopes { get; } = [];

    public long LastEnvelope { get; set; }

    /// <summary>The envelope a poll gets: the first unacknowledged one after a number, made from what is pending when there is none.</summary>
    public (long Id, JsonArray Messages)? Next(long after)
    {
        foreach ((long id, JsonArray messages) in Envelopes)
        {
            if (id > after)
                return (id, messages);
        }

        if (Pending.Count == 0)
            return null;
        JsonArray body = [.. Pending.Take(MessageCap)];
        Pending.RemoveRange(0, body.Count);
        Envelopes[++LastEnvelope] = body;
        return (LastEnvelope, body);
    }
}
