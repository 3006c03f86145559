using System.Text.Json.Serialization;

namespace CmlNet.Publishing.CodeHosts.Local;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CommentFile))]
[JsonSerializable(typeof(CheckFile))]
internal sealed partial class LocalWire : JsonSerializerContext;

/// <summary>What <c>comments/&lt;n&gt;.json</c> holds.</summary>
internal sealed record CommentFile(int Number, string Target, DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt, int Revision);

/// <summary>What <c>checks/&lt;n&gt;.json</c> holds.</summary>
internal sealed record CheckFile(int Number, string Title, string Summary, string HeadSha, string Status, string? Conclusion, DateTimeOffset? CreatedAt);
