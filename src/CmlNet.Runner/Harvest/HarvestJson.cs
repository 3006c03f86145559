using System.Text.Json.Serialization;

namespace CmlNet.Runner.Harvest;

[JsonSerializable(typeof(OutboxJob))]
[JsonSerializable(typeof(JobUsage))]
internal sealed partial class HarvestJson : JsonSerializerContext;
