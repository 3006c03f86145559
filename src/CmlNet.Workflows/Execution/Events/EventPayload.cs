using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution.Events;

/// <summary>The event a run reacts to: what GitHub would have written to <c>GITHUB_EVENT_PATH</c>.</summary>
public sealed class EventPayload
{
    private EventPayload(string name, JsonObject body)
    {
        Name = name;
        Body = body;
    }

    /// <summary>The event's name, e.g. <c>pull_request</c>.</summary>
    public string Name { get; }

    internal JsonObject Body { get; }

    /// <summary>Synthesises the payload and lays the user's own over it: objects merge member by member, all else (null too) replaces.</summary>
    /// <exception cref="EventPayloadException">The user's payload is not a JSON object.</exception>
    public static EventPayload Build(EventRequest request, GitState git)
    {
        var parts = new PayloadParts(git, request.Actor ?? git.User);
        JsonObject body = request.Name switch
        {
            "push" => PushPayload.Build(git, parts),
            "pull_request" or "pull_request_target" => PullRequestPayload.Build(git, parts, request),
            "workflow_dispatch" => Dispatch(git, parts, request),
            "schedule" => new JsonObject { ["schedule"] = request.Schedule ?? "0 0 * * *", ["workflow"] = request.WorkflowPath, ["repository"] = parts.Repository() },
            _ => new JsonObject { ["repository"] = parts.Repository(), ["sender"] = parts.User(parts.Actor) },
        };
        if (request.PayloadJson is not null)
            Merge(body, Parse(request.PayloadJson));
        return new EventPayload(request.Name, body);
    }

    /// <summary>The inputs that a user's payload of a <c>workflow_dispatch</c> has, as text.</summary>
    /// <exception cref="EventPayloadException">It is not a JSON object.</exception>
    public static IReadOnlyDictionary<string, string> InputsOf(string json)
    {
        var inputs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, JsonNode? value) in Parse(json)["inputs"] as JsonObject ?? [])
        {
            if (value is JsonValue)
                inputs[name] = value.ToString();
        }
        return inputs;
    }

    /// <summary>Indented JSON with a final line end.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Body.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>As <c>github.event</c>.</summary>
    public ExpressionValue ToExpressionValue() => JsonExpressionValue.From(Body);

    /// <summary>A text or number in the payload by its path, as text; null when absent.</summary>
    public string? Text(params ReadOnlySpan<string> path)
    {
        JsonNode? node = Body;
        foreach (string name in path)
            node = (node as JsonObject)?[name];
        return node is JsonValue value ? value.ToString() : null;
    }

    private static JsonObject Dispatch(GitState git, PayloadParts parts, EventRequest request)
    {
        var inputs = new JsonObject();
        foreach ((string key, string value) in request.Inputs)
            inputs[key] = value;
        return new JsonObject
        {
            ["inputs"] = inputs.Count == 0 ? null : inputs,
            ["ref"] = PushPayload.ReferenceOf(git),
            ["repository"] = parts.Repository(),
            ["sender"] = parts.User(parts.Actor),
            ["workflow"] = request.WorkflowPath,
        };
    }

    private static JsonObject Parse(string json)
    {
        var options = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false };
        try
        {
            return JsonNode.Parse(json, documentOptions: options) as JsonObject
                ?? throw new EventPayloadException("The event file must hold a JSON object, e.g. {\"action\": \"opened\"}.");
        }
        catch (JsonException error) when (error.LineNumber is null)
        {
            // The one complaint of the parser that comes without a place.
            throw new EventPayloadException("The event file names a member twice in one object; keep one.");
        }
        catch (JsonException error)
        {
            throw new EventPayloadException($"The event file is not valid JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}. It must hold one object, e.g. {{\"action\": \"opened\"}}.");
        }
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach ((string key, JsonNode? value) in patch)
        {
            if (value is JsonObject inner && target[key] is JsonObject existing)
                Merge(existing, inner);
            else
                target[key] = value?.DeepClone();
        }
    }
}
